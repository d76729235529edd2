import { compareDec } from "@/lib/chain/dec";
import { isAppError } from "@/server/kernel/errors";
import { defineEffect } from "@/server/kernel/verbs";
import type { ChainNetwork, ChainNode } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import type { NetworkCheck, NetworkDraft } from "./schemas";
import { CheckNetworkInput, NetworkChecks } from "./schemas";
import { reachOf } from "./to-network";

type Result = Omit<NetworkCheck, "id" | "subject">;
type Asked = { readonly ports: Ports; readonly draft: NetworkDraft };
const ok = (sentence: string, found: string | null = null): Result => ({ state: "ok", sentence, found });
const warning = (sentence: string, found: string | null = null): Result => ({ state: "warning", sentence, found });
const failed = (sentence: string, found: string | null = null): Result => ({ state: "failed", sentence, found });
const unknown = (sentence: string): Result => ({ state: "unknown", sentence, found: null });

/**
 * Asks the chain itself, before it is kept, whether it is what the record says: each endpoint's chain id, the files and their SHA-256, denom,
 * prefixes, gas price. What cannot be found out is `unknown`, never `ok`.
 */
export const checkNetwork = defineEffect<Ports>()({
  verb: "chain.check-network",
  scope: "platform:write",
  tenancy: "platform",
  input: CheckNetworkInput,
  output: NetworkChecks,
  run: async ({ ports }, draft) => {
    const asked: Asked = { ports, draft };
    const checks = await Promise.all([
      ...draft.rpcUrls.map((url) => named("rpc", url, () => checkRpc(asked, url))),
      ...draft.restUrls.map((url) => named("rest", url, () => checkRest(asked, url))),
      named("staking", draft.baseDenom, () => checkStaking(asked)),
      named("prefix", `${draft.bech32.account}1`, () => checkPrefix(asked)),
      named("gas_price", draft.gasPriceSteps.low, () => checkGasPrice(asked)),
      named("genesis", draft.genesisUrl ?? draft.genesisPath ?? "", () => checkGenesis(asked)),
      ...draft.releases.map((release) =>
        named("release", `${release.version} ${release.os}/${release.arch}`, () => checkRelease(asked, release)),
      ),
      named("peers", `${draft.seeds.length + draft.persistentPeers.length}`, async () => checkPeers(draft)),
    ]);
    return { checks: [...checks], canBeKept: canBeKept(checks) };
  },
});

/** Whether nothing speaks against the record: no answer is of another chain, and of each kind of endpoint one answers. */
export function canBeKept(checks: readonly NetworkCheck[]): boolean {
  const answers = (id: "rpc" | "rest") => checks.some((check) => check.id === id && check.state === "ok");
  return checks.every(({ state }) => state !== "failed") && answers("rpc") && answers("rest");
}

/** What came of one check; a question that nobody answered leaves it unknown. */
async function named(id: NetworkCheck["id"], subject: string, check: () => Promise<Result>): Promise<NetworkCheck> {
  try {
    return { id, subject, ...(await check()) };
  } catch (thrown) {
    if (!isAppError(thrown) || thrown.kind === "internal") throw thrown;
    const isAnswer = thrown.code === "chain.id_mismatch" || thrown.kind === "upstream_rejected";
    return { id, subject, ...(isAnswer ? failed(thrown.message) : unknown(thrown.message)) };
  }
}

const networkOf = (
  { draft }: Asked,
  urls: { rpcUrls?: readonly string[]; restUrls?: readonly string[] },
): ChainNetwork => ({
  networkId: `check:${urls.rpcUrls?.join() ?? ""} ${urls.restUrls?.join() ?? ""}`,
  chainId: draft.chainId,
  rpcUrls: urls.rpcUrls ?? [],
  restUrls: urls.restUrls ?? [],
  bech32: draft.bech32,
  baseDenom: draft.baseDenom,
  reach: reachOf(draft.kind),
  // What the chain asks for itself is to be seen here.
  gasPriceFloor: "0",
});
const NOW = { maxAgeMs: 0 };

async function checkRpc(asked: Asked, url: string): Promise<Result> {
  const status = await asked.ports.chains.forNetwork(networkOf(asked, { rpcUrls: [url] })).status(NOW);
  const found = status.latestHeightBlocks.toString();
  if (status.catchingUp) return warning(`It answers for ${status.chainId}, but is still catching up.`, found);
  return ok(`It answers for ${status.chainId} at block ${found}.`, found);
}

async function checkRest(asked: Asked, url: string): Promise<Result> {
  await asked.ports.chains.forNetwork(networkOf(asked, { restUrls: [url] })).stakingParams(NOW);
  return ok(`It answers for ${asked.draft.chainId}.`);
}

const wholeChain = (asked: Asked): ChainNode =>
  asked.ports.chains.forNetwork(networkOf(asked, { rpcUrls: asked.draft.rpcUrls, restUrls: asked.draft.restUrls }));

async function checkStaking(asked: Asked): Promise<Result> {
  const params = await wholeChain(asked).stakingParams(NOW);
  const { baseDenom } = asked.draft;
  if (params.bondDenom !== baseDenom) {
    return failed(`The chain stakes ${params.bondDenom}, and the record says ${baseDenom}.`, params.bondDenom);
  }
  const days = Math.round(params.unbondingSeconds / 8_640) / 10;
  const sentence = `The chain stakes ${params.bondDenom}; unbonding takes ${days} days; ${params.maxValidators} validators sign.`;
  return ok(sentence, params.bondDenom);
}

async function checkPrefix(asked: Asked): Promise<Result> {
  const [validator] = await wholeChain(asked).validatorSet({ status: "bonded" }, NOW);
  if (validator === undefined) return unknown("The chain shows no validator to hold the prefixes against.");
  const prefix = validator.operatorAddress.slice(0, validator.operatorAddress.lastIndexOf("1"));
  const stated = asked.draft.bech32.validator;
  if (prefix === stated) return ok(`Its validators' addresses begin with ${prefix}1.`, prefix);
  return failed(`Its validators' addresses begin with ${prefix}1, and the record says ${stated}1.`, prefix);
}

async function checkGasPrice(asked: Asked): Promise<Result> {
  const { minimumGasPrice, baseFee } = await wholeChain(asked).gasFacts(NOW);
  const { low } = asked.draft.gasPriceSteps;
  const denom = asked.draft.baseDenom;
  const live = baseFee !== null && compareDec(baseFee, minimumGasPrice) > 0 ? baseFee : minimumGasPrice;
  const source = live === baseFee ? "fee market" : "node";
  if (compareDec(live, "0") === 0)
    return ok(`The chain's node names no price in ${denom}; the record's ${low} is used.`, "0");
  if (compareDec(low, live) >= 0) return ok(`The chain's ${source} asks for ${live} ${denom} now.`, live);
  return warning(
    `The chain's ${source} asks for ${live} ${denom} now, more than the record's lowest step ${low}.`,
    live,
  );
}

async function checkGenesis({ ports, draft }: Asked): Promise<Result> {
  const { genesisUrl: url, genesisPath: path, genesisSha256: sha256, chainId } = draft;
  if (url === null && path === null) return warning("None is on record, so no node can be made.");
  const reach = reachOf(draft.kind);
  const found = await ports.binaries.inspect({ url, path, sha256, kind: "genesis", reach });
  if (found.genesisChainId !== chainId) {
    const whose = found.genesisChainId === null ? "is none" : `is of the chain ${found.genesisChainId}`;
    return failed(`The file ${whose}, and the record says ${chainId}.`, found.sha256);
  }
  if (sha256 === null) return warning("The file is the chain's; its SHA-256 is not on record yet.", found.sha256);
  return ok("The file is the chain's, and has the SHA-256 of the record.", found.sha256);
}

async function checkRelease({ ports, draft }: Asked, release: NetworkDraft["releases"][number]): Promise<Result> {
  const { url, path, sha256 } = release;
  const found = await ports.binaries.inspect({ url, path, sha256, kind: "program", reach: reachOf(draft.kind) });
  const size = `${Math.round(found.sizeBytes / 1024 ** 2)} MiB`;
  if (sha256 === null)
    return warning(`The file was fetched (${size}); its SHA-256 is not on record yet.`, found.sha256);
  return ok(`The file (${size}) has the SHA-256 of the record.`, found.sha256);
}

function checkPeers(draft: NetworkDraft): Result {
  const count = draft.seeds.length + draft.persistentPeers.length;
  return count === 0 ? warning("A node finds nobody without peers or seeds.") : ok("A node has somebody to ask.");
}
