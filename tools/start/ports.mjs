import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { StartFailure } from "./failure.mjs";
import { portOwner } from "./port-owner.mjs";
import { writePrivateJson } from "./secrets.mjs";

const listen = (port, host) =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port, host, exclusive: true }, () => {
      const taken = server.address().port;
      server.close(() => resolve(taken));
    });
  });

/** True when nothing listens on that port of that address; an address that this machine lacks counts as free. */
export async function isPortFree(port, host = "127.0.0.1") {
  try {
    await listen(port, host);
    return true;
  } catch (error) {
    if (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT") return true;
    return false;
  }
}

/** True when this machine has that address. */
export const canListen = (host) =>
  listen(0, host).then(
    () => true,
    () => false,
  );

/** A port of 127.0.0.1 that is free now; never `except`, which somebody else of ours is about to take. */
export async function freePort(except) {
  for (;;) {
    const port = await listen(0, "127.0.0.1");
    if (port !== except) return port;
  }
}

/** The web port as wanted. @throws StartFailure start.port_taken with the process that has it, where it can be found. */
export async function requireWebPort({ port, host }) {
  // A browser that opens "localhost" tries ::1 first, so a stranger there would be met in our place.
  if ((await isPortFree(port, host)) && (await isPortFree(port, "::1"))) return;
  if (port < 1024 && process.getuid?.() !== 0 && !portOwner(port)) {
    throw new StartFailure({
      code: "start.port_refused",
      what: `This user may not listen on port ${port}.`,
      fix: "Choose a port above 1023, for example: PORT=3100 npm start",
    });
  }
  const owner = portOwner(port);
  const suggestion = await firstFreeAfter(port, host);
  throw new StartFailure({
    code: "start.port_taken",
    what: `Port ${port} is taken${owner ? ` by ${owner}` : " by another program"}.`,
    fix: `Stop that program, or start on another port: PORT=${suggestion} npm start`,
  });
}

async function firstFreeAfter(port, host) {
  for (let candidate = port + 1; candidate < Math.min(port + 100, 65_536); candidate += 1) {
    if ((await isPortFree(candidate, host)) && (await isPortFree(candidate, "::1"))) return candidate;
  }
  return freePort();
}

/**
 * Ports kept from start to start in `ports.json`, so that addresses stay the same while they can. `webPort` is never chosen: it was found free
 * before, and the web process takes it last.
 */
export function keptPorts(dataDir, { webPort } = {}) {
  const path = join(dataDir, "ports.json");
  let ports = {};
  try {
    ports = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    // Only addresses are lost with this file; they are chosen anew.
  }
  return {
    get: (name) => ports[name],
    set(name, port) {
      if (ports[name] === port) return;
      ports = { ...ports, [name]: port };
      writePrivateJson(path, ports);
    },
    /** The kept port when it is free, otherwise a new one, which is kept from now on. */
    async choose(name) {
      const kept = ports[name];
      const isUsable = kept !== undefined && kept !== webPort && (await isPortFree(kept));
      const port = isUsable ? kept : await freePort(webPort);
      this.set(name, port);
      return port;
    },
  };
}
