import "server-only";
import { cache } from "react";
import { readOrNotFound, readOrNull } from "@/app/first-read";
import { pathSegment } from "@/app/path-segment";
import { api } from "@/server/trpc/server";

/** The published validator and its network, once for page, title and picture; the not-found page for every other one. */
export const readPublicValidator = cache(async (operator: string) => {
  const caller = await api();
  const operatorAddress = pathSegment(operator);
  const validator = await readOrNotFound(caller.validators.getPublicValidator({ operatorAddress }));
  const network = await readOrNotFound(caller.chain.getNetwork({ networkId: validator.networkId }));
  return { caller, validator, network };
});

/**
 * Its newest blocks, null while none of its network is recorded, and what the chain has of it, null where it has none: its page is there all the
 * same. What could not be read is neither, and is thrown.
 */
export async function readPublicSigning(
  { caller, validator, network }: Awaited<ReturnType<typeof readPublicValidator>>,
  blocks: number,
) {
  const { operatorAddress, consensusAddressHex, standing } = validator;
  const [grid, chain] = await Promise.all([
    caller.chain.getSigningGrid({ networkId: network.id, consensusAddress: consensusAddressHex, blocks }),
    readOrNull(caller.chain.getChainValidator({ networkId: network.id, operatorAddress })),
  ]);
  return { grid: grid.cells.length === 0 ? null : grid, chain: standing.state === "gone" ? null : chain };
}
