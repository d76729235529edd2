import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { Ed25519KeyText } from "@/lib/contracts/agent/enrolment";

const run = promisify(execFile);
const TIMEOUT_MS = 3_000;

const Status = z.object({
  result: z.object({
    node_info: z.object({ network: z.string(), moniker: z.string(), version: z.string() }),
    sync_info: z.object({ latest_block_height: z.string(), catching_up: z.boolean() }),
    validator_info: z.object({
      pub_key: z.object({ type: z.string(), value: Ed25519KeyText }),
      voting_power: z.string(),
    }),
  }),
});
const NetInfo = z.object({ result: z.object({ n_peers: z.string() }) });
const AbciInfo = z.object({ result: z.object({ response: z.object({ version: z.string().optional() }) }) });
/** CometBFT's own file of what was signed last (privval/file.go, v0.38): no key is in it. */
const SignStateFile = z.object({
  height: z.string(),
  round: z.number().int().optional(),
  step: z.number().int().optional(),
});
const ShownKey = z.object({ "@type": z.string(), key: Ed25519KeyText });

async function ask<Schema extends z.ZodType>(rpcUrl: string, path: string, shape: Schema): Promise<z.output<Schema>> {
  const response = await fetch(new URL(path, rpcUrl), { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: "error" });
  return shape.parse(await response.json());
}

/** The node that this agent stands beside: where its RPC is, its folder, and its program where the key is to be asked of that. */
export type NodePlace = { readonly rpcUrl: string; readonly home: string; readonly binary: string | null };

/** What the node says of itself; what it does not tell is null. */
export type NodeReading = {
  readonly chainId: string;
  readonly moniker: string;
  readonly blockHeight: number;
  readonly catchingUp: boolean;
  readonly peerCount: number | null;
  readonly nodeVersion: string;
  readonly binaryVersion: string | null;
  /** Raw Ed25519 in base64. */
  readonly consensusPubkey: string;
};

/** @throws when the node does not answer, or answers with something else */
export async function readNode({ rpcUrl }: NodePlace): Promise<NodeReading> {
  const { result } = await ask(rpcUrl, "/status", Status);
  const peers = await ask(rpcUrl, "/net_info", NetInfo).catch(() => null);
  const app = await ask(rpcUrl, "/abci_info", AbciInfo).catch(() => null);
  return {
    chainId: result.node_info.network,
    moniker: result.node_info.moniker,
    blockHeight: Number(result.sync_info.latest_block_height),
    catchingUp: result.sync_info.catching_up,
    peerCount: peers === null ? null : Number(peers.result.n_peers),
    nodeVersion: result.node_info.version.slice(0, 80),
    binaryVersion: app?.result.response.version?.slice(0, 80) || null,
    consensusPubkey: result.validator_info.pub_key.value,
  };
}

/**
 * The consensus public key: of the node's own program where that was given, which derives it without showing the private part; else of the running
 * node. The key file itself is never read. @throws when neither tells, or the two differ
 */
export async function readConsensusPubkey(place: NodePlace): Promise<string> {
  const { binary, home } = place;
  const running = await readNode(place).catch(() => null);
  if (binary === null) {
    if (!running)
      throw new Error(`The node at ${place.rpcUrl} does not answer. Start it, or name its program with --binary.`);
    return running.consensusPubkey;
  }
  const { stdout } = await run(binary, ["comet", "show-validator", "--home", home], { timeout: 10_000 });
  const { key } = ShownKey.parse(JSON.parse(stdout.trim()));
  if (running && running.consensusPubkey !== key) {
    throw new Error(
      "The running node has another consensus key than the folder that was named. Check --home and --rpc.",
    );
  }
  return key;
}

/** What the node signed last; null where there is no such file, as beside a remote signer. */
export async function readSignState({ home }: NodePlace) {
  try {
    const text = await readFile(join(home, "data", "priv_validator_state.json"), "utf8");
    const { height, round = 0, step = 0 } = SignStateFile.parse(JSON.parse(text));
    return { height, round, step };
  } catch {
    return null;
  }
}
