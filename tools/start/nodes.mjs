import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { resumeDockerNodes, stopDockerNodes } from "./docker-nodes.mjs";

const GRACE_SECONDS = 10;

/** The folder under which the process driver keeps its nodes and volumes, as server/runtime names it. */
const processHostDir = (dataDir) => join(dataDir, "process-host");

const allNodes = (repoDir) => import(pathToFileURL(join(repoDir, "server/adapters/process/all-nodes.mjs")).href);

/** Ends every node that runs as a process of this machine; what each is meant to do stays written. Returns their ids. */
export async function stopProcessNodes({ repoDir, dataDir }) {
  const { stopAllProcessNodes } = await allNodes(repoDir);
  return stopAllProcessNodes(processHostDir(dataDir), { graceSeconds: GRACE_SECONDS });
}

async function resumeProcessNodes({ repoDir, dataDir }) {
  const { resumeAllProcessNodes } = await allNodes(repoDir);
  return resumeAllProcessNodes(processHostDir(dataDir)).length;
}

/** Ends every node of this copy, as process or container, to be started again by the next start. */
export async function stopNodes(options) {
  const outcomes = await Promise.allSettled([stopProcessNodes(options), stopDockerNodes(options)]);
  const failed = outcomes.find(({ status }) => status === "rejected");
  if (failed) throw failed.reason;
}

/** Starts again the nodes that ran when the last start was stopped, and says how many; one driver's failure is told, not thrown. */
export async function resumeNodes({ options, reporter }) {
  for (const [driver, resume] of [
    ["process", resumeProcessNodes],
    ["docker", resumeDockerNodes],
  ]) {
    try {
      const count = await resume(options);
      if (count > 0) reporter.line("nodes", `${count} on the ${driver} driver started again`);
    } catch (error) {
      reporter.failure("nodes", {
        code: "start.nodes_not_resumed",
        what: `The nodes on the ${driver} driver could not be started again: ${error.message}.`,
        fix: "The portal runs on; the page of each node offers to start it.",
      });
    }
  }
}
