import { defineQuery } from "@/server/kernel/verbs";
import { consensusAddressHex } from "./consensus-address-hex";
import { findState, listSigningOfMany, NOT_IN_SET } from "./repository";
import { requireNetwork } from "./require-network";
import { type SigningStrips, SigningStripsInput } from "./schemas";
import { signingCells } from "./signing-cells";

/** The newest final blocks of a network as several validators lived them, for lists; the rule is that of the signing grid. */
export const getSigningStrips = defineQuery({
  verb: "chain.get-signing-strips",
  scope: "chain:read",
  tenancy: "platform",
  input: SigningStripsInput,
  run: async (ctx, input): Promise<SigningStrips> => {
    const network = await requireNetwork(ctx.db, input.networkId);
    const addressesHex = input.consensusAddresses.map((one) => consensusAddressHex(one, network.bech32.consensus));
    const to = (await findState(ctx.db, network.id))?.contiguousHeightBlocks ?? null;
    if (to === null) return { networkId: network.id, newest: null, strips: [] };
    const wanted = to - BigInt(input.blocks) + 1n;
    const range = { from: wanted < 1n ? 1n : wanted, to };
    const rows = await listSigningOfMany(ctx.db, network.id, addressesHex, range);
    const strips = input.consensusAddresses.map((consensusAddress, place) => {
      const letters = rows.map(({ heightBlocks, blockAt, letters: of }) => {
        const letter = of.charAt(place);
        return { heightBlocks, blockAt, letter: letter === NOT_IN_SET ? null : letter };
      });
      return { consensusAddress, states: signingCells(letters, range).map(({ state }) => state) };
    });
    const at = rows.find(({ heightBlocks }) => heightBlocks === to)?.blockAt.toISOString();
    return { networkId: network.id, newest: { heightBlocks: Number(to), ...(at ? { at } : {}) }, strips };
  },
});
