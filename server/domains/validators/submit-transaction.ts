import { networkOf } from "@/server/domains/chain";
import { defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { acceptTransaction } from "./accept-transaction";
import { getSetupRequest } from "./get-setup-request";
import { AcceptedTransaction, BroadcastTransactionInput } from "./schemas";

/** Takes the signed transaction; the durable function sends it. The same bytes again give the same answer. See `acceptTransaction`. */
export const submitTransaction = defineFlow<Ports>()({
  verb: "validators.submit-transaction",
  scope: "validators:write",
  tenancy: "organization",
  input: BroadcastTransactionInput,
  output: AcceptedTransaction,
  run: async (ctx, input) => {
    const { setupRequest } = await getSetupRequest(ctx, { setupRequestId: input.setupRequestId });
    const { network } = await networkOf(ctx, setupRequest.networkId);
    return acceptTransaction(ctx, { ...input, chainId: network.chainId });
  },
});
