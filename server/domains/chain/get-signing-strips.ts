import { defineQuery } from "@/server/kernel/verbs";
import { consensusAddressHex } from "./consensus-address-hex";
import { newestHeights } from "./newest-heights";
import { findState, listSigning } from "./repository";
import { requireNetwork } from "./require-network";
import { SigningStrips, SigningStripsInput } from "./schemas";
import { signingCells } from "./signing-cells";

/** The newest final blocks of a network as several validators lived them, for lists; the rule is that of the signing grid. */
export const getSigningStrips = defineQuery({
  verb: "chain.get-signing-strips",
  scope: "chain:read",
  because: "what it shows is the public chain's",
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
