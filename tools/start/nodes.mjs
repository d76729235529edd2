import { join } from "node:path";
import { pathToFileURL } from "node:url";

const GRACE_SECONDS = 10;

/** The folder under which the process driver keeps its nodes and volumes. */
export const processHostDir = (dataDir) => join(dataDir, "process-host");

const allNodes = (repoDir) => import(pathToFileURL(join(repoDir, "server/adapters/process/all-nodes.mjs")).href);

/** Ends every node that runs as a process of this machine; what each is meant to do stays written. Returns their ids. */
export async function stopProcessNodes({ repoDir, dataDir }) {
  const { stopAllProcessNodes } = await allNodes(repoDir);
  return stopAllProcessNodes(processHostDir(dataDir), { graceSeconds: GRACE_SECONDS });
}

/** Starts again the nodes that were running when the last start was stopped. Returns their ids. */
export async function resumeProcessNodes({ repoDir, dataDir }) {
  const { resumeAllProcessNodes } = await allNodes(repoDir);
  return resumeAllProcessNodes(processHostDir(dataDir));
}
