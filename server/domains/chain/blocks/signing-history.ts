import { defineQuery } from "@/server/kernel/verbs";
import { requireNetwork } from "../networks/require-network";
import { newestHeights } from "./block-range";
import { consensusAddressHex } from "./consensus-address-hex";
import { findState, listSigning } from "./repository";
import { SigningGrid, SigningGridInput, SigningStrips, SigningStripsInput } from "./schemas";
import { signingCells } from "./signing-cells";

/** The newest final blocks of a network as one validator lived them, exactly as the chain's commits say; what nobody could give is unknown. */
export const getSigningGrid = defineQuery({
  verb: "chain.get-signing-grid",
  scope: null,
  because: "public",
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

/** The newest final blocks of a network as several validators lived them, for lists; the rule is that of the signing grid. */
export const getSigningStrips = defineQuery({
  verb: "chain.get-signing-strips",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: SigningStripsInput,
  output: SigningStrips,
  run: async (ctx, input): Promise<SigningStrips> => {
    const network = await requireNetwork(ctx.db, input.networkId);
    const addressesHex = input.consensusAddresses.map((one) => consensusAddressHex(one, network.bech32.consensus));
    const to = (await findState(ctx.db, network.id))?.contiguousHeightBlocks ?? null;
    if (to === null) return { networkId: network.id, newest: null, strips: [] };
    const range = newestHeights(to, input.blocks);
    const rowsOfEach = await listSigning(ctx.db, network.id, addressesHex, range);
    const cellsOfEach = rowsOfEach.map((rows) => signingCells(rows, range));
    const strips = input.consensusAddresses.map((consensusAddress, place) => ({
      consensusAddress,
      states: (cellsOfEach[place] ?? []).map(({ state }) => state),
    }));
    const at = cellsOfEach[0]?.at(-1)?.at;
    return { networkId: network.id, newest: { heightBlocks: Number(to), ...(at ? { at } : {}) }, strips };
  },
});
