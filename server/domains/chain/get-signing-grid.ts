import { defineQuery } from "@/server/kernel/verbs";
import { consensusAddressHex } from "./consensus-address-hex";
import { newestHeights } from "./newest-heights";
import { findState, listSigning } from "./repository";
import { requireNetwork } from "./require-network";
import { SigningGrid, SigningGridInput } from "./schemas";
import { signingCells } from "./signing-cells";

/** The newest final blocks of a network as one validator lived them, exactly as the chain's commits say; what nobody could give is unknown. */
export const getSigningGrid = defineQuery({
  verb: "chain.get-signing-grid",
  scope: "chain:read",
  because: "what it shows is the public chain's",
  tenancy: "platform",
  input: SigningGridInput,
  output: SigningGrid,
  run: async (ctx, input): Promise<SigningGrid> => {
    const network = await requireNetwork(ctx.db, input.networkId);
    const addressHex = consensusAddressHex(input.consensusAddress, network.bech32.consensus);
    const state = await findState(ctx.db, network.id);
    const to = state?.contiguousHeightBlocks ?? null;
    const counts = { signed: 0, missed: 0, absent: 0, unknown: 0 };
    const base = {
      networkId: network.id,
      consensusAddressHex: addressHex,
      counts,
      updatedAt: state?.updatedAt.toISOString() ?? null,
    };
    if (to === null) return { ...base, cells: [] };
    const range = newestHeights(to, input.blocks);
    const [rows = []] = await listSigning(ctx.db, network.id, [addressHex], range);
    const cells = signingCells(rows, range);
    for (const cell of cells) counts[cell.state] += 1;
    return { ...base, cells };
  },
});
