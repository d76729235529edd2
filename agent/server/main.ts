import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { openAgentState } from "../core/agent-state";
import { consoleOrigin } from "../core/console-origin";
import { enrol } from "../core/control-plane";
import { createMachineFacts } from "../core/machine-facts";
import { type LastReport, runReports } from "../core/report-loop";
import { readHostedNodes } from "./hosted-nodes";
import { type RoundTrip, reportServerOnce } from "./run-server";

const USAGE = `Reports this machine to Omniphi Cloud as a server of one of its regions. It only connects outwards.

  node omniphi-agent.mjs server --url https://cloud.example.org --region eu-central --server srv_… --token omnie_…

  --url       origin of the console, https (plain http on this machine alone)
  --region    the region's code, and
  --server    the server's id, as the console shows them with the token
  --token     enrolment token from the console; not needed once the machine is enrolled
  --disk      a folder on the disk that nodes are kept on  (/)
  --docker    socket of the container engine              (/var/run/docker.sock)
  --state     where this agent keeps its own key          (~/.omniphi-agent/server.json)
  --every     seconds between reports, 30 to 300
`;

const log = (text: string) => process.stdout.write(`${new Date().toISOString()} ${text}\n`);

/** Runs until it is told to end: 0 then, 3 where the server was dismissed, 2 where it was called wrongly. */
export async function runServer(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      url: { type: "string" },
      region: { type: "string" },
      server: { type: "string" },
      token: { type: "string" },
      disk: { type: "string", default: "/" },
      docker: { type: "string", default: "/var/run/docker.sock" },
      state: { type: "string", default: join(homedir(), ".omniphi-agent", "server.json") },
      every: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const { url, region, server } = values;
  if (values.help || url === undefined || region === undefined || server === undefined) {
    process.stdout.write(USAGE);
    return values.help ? 0 : 2;
  }
  const portalOrigin = consoleOrigin(url);
  const state = openAgentState(resolve(values.state));
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  if (state.enrolled?.url !== portalOrigin) {
    if (values.token === undefined) {
      log("This machine is not enrolled yet: start it with the token from the console.");
      return 2;
    }
    await enrol(state, { url: portalOrigin, token: values.token, consensusPubkey: null });
    log(`Enrolled at ${portalOrigin} as ${state.enrolled?.agentId}.`);
  }
  const facts = createMachineFacts(resolve(values.disk));
  const roundTrip: RoundTrip = { lastMs: null };
  const every = values.every === undefined ? undefined : Math.min(300, Math.max(30, Number(values.every) || 30));
  let last: LastReport | null = null;
  const ended = await runReports({
    signal: stop.signal,
    ...(every === undefined ? {} : { everySeconds: every }),
    report: () =>
      reportServerOnce(
        state,
        { regionCode: region, serverId: server },
        { facts, nodes: () => readHostedNodes(values.docker) },
        roundTrip,
        log,
      ),
    onResult: (result) => {
      if (last?.isTaken !== result.isTaken || !result.isTaken) log(`Report: ${result.message}`);
      last = result;
    },
    fatalCodes: ["agents.revoked", "agents.version_unsupported"],
  });
  return ended === "refused" ? 3 : 0;
}
