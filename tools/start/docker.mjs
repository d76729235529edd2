import { existsSync } from "node:fs";
import { httpStatus } from "./http-answer.mjs";

const HOW_TO_GET_IT =
  "On Debian as root: apt-get install docker.io and start dockerd; elsewhere: https://docs.docker.com/engine/install. Nodes run as processes without it; started later, it needs a new npm start, since the local chain listens for containers only where Docker was there first.";

const ping = (socketPath) => httpStatus("http://localhost/_ping", { socketPath });

/** True when a Docker Engine answers at that socket. */
export const isDockerThere = async (socketPath) => existsSync(socketPath) && (await ping(socketPath)) === 200;

/** Says in one line whether the docker driver can be used; nothing else depends on it. */
export async function reportDocker({ dockerSocketPath, reporter }) {
  if (!existsSync(dockerSocketPath)) {
    reporter.line("docker", `the docker driver is off: there is no ${dockerSocketPath}. ${HOW_TO_GET_IT}`);
    return false;
  }
  const status = await ping(dockerSocketPath);
  if (status === 200) {
    reporter.line("docker", `the docker driver is on (${dockerSocketPath})`);
    return true;
  }
  const why = status === undefined ? "does not answer this user" : `answers with status ${status}`;
  reporter.line("docker", `the docker driver is off: ${dockerSocketPath} ${why}. ${HOW_TO_GET_IT}`);
  return false;
}
