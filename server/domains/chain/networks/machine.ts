import { networkEndpoints, networks } from "@/db/schema/chain";
import { machine } from "@/server/kernel/machine";
import { ENDPOINT_MOVES, NETWORK_MOVES } from "../states";

/** A network on offer, planned or retired. */
export const networkMachine = machine({
  table: networks,
  column: "status",
  moves: NETWORK_MOVES,
  refusal: { code: "chain.invalid_network_transition", subject: "The network" },
  audit: ({ from, to, row }) => ({
    action: `chain.network.${to}`,
    targetType: "network",
    targetId: row.id,
    details: { from, to, chainId: row.chainId },
  }),
});

/** One URL of a network's pool. Its standing is measured; quarantine and release are audited by their commands, under the network. */
export const endpointMachine = machine({
  table: networkEndpoints,
  column: "state",
  moves: ENDPOINT_MOVES,
  refusal: { code: "chain.invalid_endpoint_transition", subject: "The endpoint" },
  audit: () => null,
});
