import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { isDockerThere } from "./docker.mjs";
import { callDocker } from "./docker-engine.mjs";

const GRACE_SECONDS = 10;

// The labels under which server/adapters/docker makes things, and the restart policy by which it marks a node as wanted.
const INSTALLATION_LABEL = "omniphi.installation";
const NODE_ROLE_LABEL = "omniphi.role=node";
const WANTED_POLICY = "unless-stopped";

/** How server/runtime names this copy on a shared Docker Engine. */
const installationId = (dataDir) => createHash("sha256").update(resolve(dataDir)).digest("hex").slice(0, 12);

const byLabels = (...labels) => encodeURIComponent(JSON.stringify({ label: labels }));

function listNodes({ dockerSocketPath, dataDir }) {
  const filters = byLabels(`${INSTALLATION_LABEL}=${installationId(dataDir)}`, NODE_ROLE_LABEL);
  return callDocker(dockerSocketPath, "GET", `/containers/json?all=true&filters=${filters}`);
}

/** Stops the nodes of this copy that run as containers; whether each is wanted stays marked on it. Returns how many. */
export async function stopDockerNodes({ dockerSocketPath, dataDir }) {
  if (!(await isDockerThere(dockerSocketPath))) return 0;
  const running = (await listNodes({ dockerSocketPath, dataDir })).filter(
    ({ State }) => State !== "exited" && State !== "created",
  );
  await Promise.all(
    running.map(({ Id }) => callDocker(dockerSocketPath, "POST", `/containers/${Id}/stop?t=${GRACE_SECONDS}`)),
  );
  return running.length;
}

/** Starts again the wanted nodes that were stopped with the last start. Returns how many. */
export async function resumeDockerNodes({ dockerSocketPath, dataDir }) {
  if (!(await isDockerThere(dockerSocketPath))) return 0;
  const stopped = (await listNodes({ dockerSocketPath, dataDir })).filter(({ State }) => State === "exited");
  let resumed = 0;
  for (const { Id } of stopped) {
    const facts = await callDocker(dockerSocketPath, "GET", `/containers/${Id}/json`);
    if (facts?.HostConfig.RestartPolicy.Name !== WANTED_POLICY) continue;
    await callDocker(dockerSocketPath, "POST", `/containers/${Id}/start`);
    resumed += 1;
  }
  return resumed;
}

/** Removes every container, volume and network of this copy, keys included. */
export async function removeDockerNodes({ dockerSocketPath, dataDir }) {
  if (!(await isDockerThere(dockerSocketPath))) return;
  const call = (method, path) => callDocker(dockerSocketPath, method, path);
  const filters = byLabels(`${INSTALLATION_LABEL}=${installationId(dataDir)}`);
  for (const { Id } of await call("GET", `/containers/json?all=true&filters=${filters}`)) {
    await call("DELETE", `/containers/${Id}?force=true&v=true`);
  }
  const { Volumes: volumes } = await call("GET", `/volumes?filters=${filters}`);
  for (const { Name } of volumes ?? []) await call("DELETE", `/volumes/${Name}`);
  for (const { Id } of await call("GET", `/networks?filters=${filters}`)) await call("DELETE", `/networks/${Id}`);
}
