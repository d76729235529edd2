import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { FIRST_BRIDGE_PORT } from "@/lib/contracts/agent/bridge";
import { openAgentState } from "../core/agent-state";
import { AGENT_VERSION } from "../core/agent-version";
import { consoleOrigin } from "../core/console-origin";
import { enrol } from "../core/control-plane";
import { createMachineFacts } from "../core/machine-facts";
import { type LastReport, runReports } from "../core/report-loop";
import { openBridge } from "./bridge";
import { readConsensusPubkey, readNode } from "./read-node";
import { reportOnce, type Warnings } from "./run-validator";

const USAGE = `Reports a validator's node on this machine to Omniphi Cloud. It never reads the node's private key.

  node omniphi-agent.mjs --url https://cloud.example.org [--token omnie_…]

  --url       origin of the console, https (plain http on this machine alone)
  --token     enrolment token from the console; without it the console finds this machine by the bridge
  --replace   takes another enrolment in place of the one that this machine has
  --home      the node's folder                     (~/.posd)
  --rpc       the node's RPC                        (http://127.0.0.1:26657)
  --binary    the node's program, asked for the public key
  --state     where this agent keeps its own key    (~/.omniphi-agent/validator.json)
  --bridge-port  first port of the bridge           (${FIRST_BRIDGE_PORT})
  --every     seconds between reports, 30 to 300
`;
const KEPT_LOG_LINES = 1_000;

const lines: string[] = [];
const log = (text: string) => {
  const line = `${new Date().toISOString()} ${text}`;
  lines.push(line);
  if (lines.length > KEPT_LOG_LINES) lines.shift();
  process.stdout.write(`${line}\n`);
};

/** Runs until it is told to end: 0 then, 3 where the machine was revoked, 2 where it was called wrongly. */
export async function runValidator(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      url: { type: "string" },
      token: { type: "string" },
      home: { type: "string", default: join(homedir(), ".posd") },
      rpc: { type: "string", default: "http://127.0.0.1:26657" },
      binary: { type: "string" },
      state: { type: "string", default: join(homedir(), ".omniphi-agent", "validator.json") },
      "bridge-port": { type: "string", default: String(FIRST_BRIDGE_PORT) },
      every: { type: "string" },
      replace: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help || values.url === undefined) {
    process.stdout.write(USAGE);
    return values.help ? 0 : 2;
  }
  const portalOrigin = consoleOrigin(values.url);
  const place = { home: resolve(values.home), rpcUrl: values.rpc, binary: values.binary ?? null };
  const state = openAgentState(resolve(values.state));
  const warnings: Warnings = { duplicateSigner: null };
  let last: LastReport | null = null;
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());

  let wake: () => void = () => {};
  // Good for one: what replaced the former is not itself replaced by the next page that asks.
  let mayReplace = values.replace;
  let isEnrolling = false;
  const isTaken = () => isEnrolling || (state.enrolled !== null && !mayReplace);
  const enrolWith = async (token: string) => {
    isEnrolling = true;
    try {
      await enrol(state, { url: portalOrigin, token, consensusPubkey: await readConsensusPubkey(place) });
    } finally {
      isEnrolling = false;
    }
    mayReplace = false;
    log(`Enrolled at ${portalOrigin} as ${state.enrolled?.agentId}.`);
    wake();
  };
  const bridge = await openBridge(
    {
      version: AGENT_VERSION,
      machineId: state.machineId,
      portalOrigin,
      consensusPubkey: () => readConsensusPubkey(place),
      status: async () => {
        const shared = {
          isEnrolled: state.enrolled !== null,
          lastReport: last && { at: last.at.toISOString(), isTaken: last.isTaken, message: last.message },
          duplicateSigner: warnings.duplicateSigner,
        };
        try {
          const { blockHeight, catchingUp, peerCount, moniker, chainId } = await readNode(place);
          return {
            running: true,
            blockHeight,
            syncing: catchingUp,
            peers: peerCount,
            moniker,
            network: chainId,
            ...shared,
          };
        } catch (thrown) {
          return { running: false, error: (thrown as Error).message, ...shared };
        }
      },
      logs: (count) => lines.slice(-count),
      isEnrolled: isTaken,
      enrol: enrolWith,
      showCode: (code) => log(`To pair this machine, type this code in the console: ${code}`),
    },
    Number(values["bridge-port"]),
  );
  log(`Bridge for ${portalOrigin} at http://127.0.0.1:${bridge.port}.`);
  try {
    if (values.token !== undefined) {
      if (!isTaken()) await enrolWith(values.token);
      // The same command line after a restart: its token was used by this very machine.
      else if (state.enrolled?.url !== portalOrigin) {
        throw new Error(
          `This machine is enrolled at ${state.enrolled?.url}. Add --replace to give it to ${portalOrigin}.`,
        );
      }
    }
    while (!state.enrolled && !stop.signal.aborted) {
      await new Promise<void>((done) => {
        wake = done;
        stop.signal.addEventListener("abort", () => done(), { once: true });
      });
    }
    const facts = createMachineFacts(place.home);
    const every = values.every === undefined ? undefined : Math.min(300, Math.max(30, Number(values.every) || 30));
    const ended = await runReports({
      signal: stop.signal,
      ...(every === undefined ? {} : { everySeconds: every }),
      report: () => reportOnce(state, place, facts, warnings, log),
      onResult: (result) => {
        if (last?.isTaken !== result.isTaken || !result.isTaken) log(`Report: ${result.message}`);
        last = result;
      },
      fatalCodes: ["agents.revoked", "agents.version_unsupported"],
    });
    return ended === "refused" ? 3 : 0;
  } finally {
    await bridge.close();
  }
}
