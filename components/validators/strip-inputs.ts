import type { SetupWithNode } from "@/server/domains/validators/requests/schemas";
import { hasBeenOnChain } from "@/server/domains/validators/states";

/** How many blocks a row of the list shows. */
export const STRIP_BLOCKS = 40;

/** What is asked for the strips of these rows: once for each network. Server and browser ask alike. */
export function stripInputs(rows: readonly SetupWithNode[]) {
  const addressesByNetwork = new Map<string, string[]>();
  for (const { setupRequest: setup } of rows) {
    if (!hasBeenOnChain(setup.status) || setup.consensusAddress === null) continue;
    const known = addressesByNetwork.get(setup.networkId) ?? [];
    addressesByNetwork.set(setup.networkId, [...known, setup.consensusAddress]);
  }
  return [...addressesByNetwork].map(([networkId, consensusAddresses]) => ({
    networkId,
    consensusAddresses,
    blocks: STRIP_BLOCKS,
  }));
}
