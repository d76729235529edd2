import type { ChainSlash } from "@/server/ports/chain-node";

type Event = {
  readonly type: string;
  readonly attributes: readonly { readonly key: string; readonly value?: string | null | undefined }[];
};

/** Reasons as the slashing module writes them (cosmos-sdk 0.53, x/slashing/types/events.go). */
const CAUSES: Readonly<Record<string, ChainSlash["cause"]>> = {
  missing_signature: "downtime",
  double_sign: "double_sign",
};

/** The penalties among a block's events; jail has an event of the same type and burns nothing. */
export function slashesOf(events: readonly Event[]): readonly ChainSlash[] {
  return events.flatMap(({ type, attributes }): ChainSlash[] => {
    if (type !== "slash") return [];
    const attribute = (name: string) => attributes.find(({ key }) => key === name)?.value ?? "";
    const [consensusAddress, burned] = [attribute("address"), attribute("burned_coins")];
    if (consensusAddress === "" || !/^[1-9][0-9]{0,77}$/.test(burned)) return [];
    return [{ consensusAddress, amountBaseUnits: BigInt(burned), cause: CAUSES[attribute("reason")] ?? "unknown" }];
  });
}
