import type { z } from "zod";
import { isAppError } from "@/server/kernel/errors";
import { defineFlow } from "@/server/kernel/verbs";
import type { ChainNetwork } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import { endpointOfOtherChain } from "./errors";
import { type Network, RegisterNetworkInput } from "./schemas";
import { upsertNetwork } from "./upsert-network";

/**
 * Adds or changes a network. Of an active one every endpoint that answers must tell the right chain id and at least one of each kind must
 * answer; a planned one is kept as it is, since its chain may not exist yet. @throws conflict chain.endpoint_of_other_chain,
 * upstream_unavailable chain.unavailable
 */
export const registerNetwork = defineFlow<Ports>()({
  verb: "chain.register-network",
  scope: "platform:write",
  tenancy: "platform",
  input: RegisterNetworkInput,
  run: async (ctx, input): Promise<Network> => {
    if (input.status === "active") await checkEndpoints(ctx.ports, input);
    return upsertNetwork(ctx, input);
  },
});

async function checkEndpoints(ports: Ports, input: RegisterNetworkFacts): Promise<void> {
  const { account, validator, consensus } = input.bech32;
  const single = (url: string): ChainNetwork => ({
    networkId: `check:${url}`,
    chainId: input.chainId,
    rpcUrls: [],
    restUrls: [],
    bech32: { account, validator, consensus },
    baseDenom: input.baseDenom,
  });
  const askRpc = (url: string) => ports.chains.forNetwork({ ...single(url), rpcUrls: [url] }).status({ maxAgeMs: 0 });
  const askRest = (url: string) =>
    ports.chains.forNetwork({ ...single(url), restUrls: [url] }).stakingParams({ maxAgeMs: 0 });
  for (const { urls, ask } of [
    { urls: input.rpcUrls, ask: askRpc },
    { urls: input.restUrls, ask: askRest },
  ]) {
    const answers = await Promise.allSettled(urls.map((url) => ask(url)));
    const refusals = answers.flatMap((answer, index) =>
      answer.status === "rejected" ? [{ url: urls[index] ?? "", thrown: answer.reason as unknown }] : [],
    );
    for (const { url, thrown } of refusals) {
      if (!isAppError(thrown)) throw thrown;
      if (thrown.code === "chain.id_mismatch") throw endpointOfOtherChain(url, input.chainId);
    }
    if (refusals.length === urls.length && refusals[0] !== undefined) throw refusals[0].thrown;
  }
}

type RegisterNetworkFacts = z.output<typeof RegisterNetworkInput>;
