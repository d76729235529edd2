import type { z } from "zod";
import { allowedUrl, GuardedFetchError } from "@/lib/os/guarded-fetch";
import { isAppError } from "@/server/kernel/errors";
import { observe } from "@/server/kernel/machine";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { ChainNetwork } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import { chainDomain } from "../domain";
import { addressRefused, endpointOfOtherChain } from "../errors";
import { networkMachine } from "./machine";
import { listEndpointRows, replaceEndpoints, upsertNetworkRow } from "./repository";
import { Network, RegisterNetworkInput } from "./schemas";
import { reachOf, toNetwork } from "./to-network";

type RegisterNetworkFacts = z.output<typeof RegisterNetworkInput>;

/** Keeps a network whose endpoints were checked; the same chain id is the same network. */
const upsertNetwork = defineChange(
  "chain.upsert-network",
  async (ctx, input: RegisterNetworkFacts): Promise<Network> => {
    const { rpcUrls, restUrls, ...fields } = input;
    const kept = await upsertNetworkRow(ctx.tx, { ...fields, id: chainDomain.newId("network"), updatedAt: ctx.now });
    const row = await observe(ctx, networkMachine, kept, input.status);
    const endpoint = (kind: "rpc" | "rest") => (url: string, priority: number) => ({
      id: chainDomain.newId("network"),
      kind,
      url: url.replace(/\/+$/, ""),
      priority,
    });
    await replaceEndpoints(ctx.tx, row.id, [...rpcUrls.map(endpoint("rpc")), ...restUrls.map(endpoint("rest"))]);
    ctx.audit({
      action: "chain.network.registered",
      targetType: "network",
      targetId: row.id,
      details: { chainId: row.chainId, kind: row.kind, status: row.status, rpcUrls, restUrls },
    });
    return toNetwork(row, await listEndpointRows(ctx.tx, [row.id]));
  },
);

/**
 * Adds or changes a network. Of an active one every endpoint that answers must tell the right chain id and at least one of each kind must
 * answer; a planned one is kept as it is, since its chain may not exist yet. @throws invalid chain.address_refused, conflict chain.endpoint_of_other_chain,
 * upstream_unavailable chain.unavailable
 */
export const registerNetwork = defineFlow<Ports>()({
  verb: "chain.register-network",
  scope: "platform:write",
  tenancy: "platform",
  input: RegisterNetworkInput,
  output: Network,
  run: async (ctx, input): Promise<Network> => {
    assertAllowed(input);
    if (input.status === "active") await checkEndpoints(ctx.ports, input);
    return upsertNetwork(ctx, input);
  },
});

/** What an address says of itself is refused at once; where its name leads is found when it is asked. */
function assertAllowed(input: RegisterNetworkFacts): void {
  const { rpcUrls, restUrls, genesisUrl } = input;
  const addresses = { rpcUrls, restUrls, genesisUrl: genesisUrl === null ? [] : [genesisUrl] };
  for (const [field, urls] of Object.entries(addresses)) {
    for (const url of urls) {
      try {
        allowedUrl(url, reachOf(input.kind));
      } catch (thrown) {
        if (!(thrown instanceof GuardedFetchError)) throw thrown;
        throw addressRefused(field, url, thrown.message);
      }
    }
  }
}

async function checkEndpoints(ports: Ports, input: RegisterNetworkFacts): Promise<void> {
  const { account, validator, consensus } = input.bech32;
  const single = (url: string): ChainNetwork => ({
    networkId: `check:${url}`,
    chainId: input.chainId,
    rpcUrls: [],
    restUrls: [],
    bech32: { account, validator, consensus },
    baseDenom: input.baseDenom,
    gasPriceFloor: input.gasPriceSteps.low,
    reach: reachOf(input.kind),
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
