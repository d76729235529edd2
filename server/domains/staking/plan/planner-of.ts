import { isBech32Address, operatorAddressOf } from "@/lib/chain/bech32-address";
import { UNIT_SPACE } from "@/lib/format/group-digits";
import { formatBaseUnits } from "@/lib/money";
import { networkOf } from "@/server/domains/chain";
import type { ServiceCtx } from "@/server/kernel/context";
import type { Ports } from "@/server/ports/ports";
import { fieldInvalid } from "../errors";
import type { Planner } from "./plan";

/** Whom a wallet's acts are planned with on a network. @throws invalid staking.invalid_field naming `field` where the address is not of the network */
export async function plannerOf(
  ctx: ServiceCtx<Ports>,
  { networkId, address, field }: { readonly networkId: string; readonly address: string; readonly field: string },
): Promise<Planner & { readonly kind: "mainnet" | "testnet" | "localnet" }> {
  const { network, kind, displayDenom, denomExponent } = await networkOf(ctx, networkId);
  const { account, validator } = network.bech32;
  if (!isBech32Address(address, account)) {
    throw fieldInvalid(field, `not an account of this network (${account}1…), or its checksum is wrong`);
  }
  return {
    chain: ctx.ports.chains.forNetwork(network),
    network,
    kind,
    signerAddress: address,
    ownOperatorAddress: operatorAddressOf(address, { account, validator }),
    show: (amount) => `${formatBaseUnits(amount, denomExponent)}${UNIT_SPACE}${displayDenom}`,
  };
}
