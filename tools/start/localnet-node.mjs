import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { clearLocalnetStatus } from "./localnet-status.mjs";
import { lastingPeerHost, peerHost } from "./peer-host.mjs";
import { freePort, isPortFree } from "./ports.mjs";

const LISTENERS = { p2p: "127.0.0.1", rpc: "127.0.0.1", rest: "127.0.0.1", grpc: "127.0.0.1" };

/**
 * Makes the chain when it is not there and starts its node, or adopts the one that a killed launcher left. A port that
 * somebody else has meanwhile taken is exchanged for a free one; `webPort` is left to the web process, which may take it later. Throws devnet's
 * LocalnetError.
 */
export async function startLocalnetNode({ repoDir, home, posdPath, webPort, dockerSocketPath, onLine, signal }) {
  const devnet = await import(pathToFileURL(join(repoDir, "devnet/localnet.mjs")).href);
  const isNew = !existsSync(join(home, "localnet.json"));
  if (isNew) clearLocalnetStatus(home);
  const facts = isNew ? undefined : await devnet.readLocalnetFacts(home);
  const wantedHost = await peerHost(dockerSocketPath);
  const p2pHost = isNew ? wantedHost : lastingPeerHost(wantedHost, facts?.p2pHost);
  let ports = isNew ? await firstPorts(devnet.DEFAULT_LOCALNET_PORTS, webPort) : await portsInsteadOf(webPort, facts);
  for (let attempt = 0; ; attempt += 1) {
    await devnet.initLocalnet({ posdPath, homeDir: home, ports, p2pHost, onLine, signal });
    try {
      return await devnet.startLocalnet({ homeDir: home, isDetached: true, onLine });
    } catch (error) {
      if (error.code !== "port_in_use" || attempt >= Object.keys(LISTENERS).length) throw error;
      ports = { ...ports, [error.details.name]: await freePort(webPort) };
    }
  }
}

/**
 * Starts the node and waits until it makes blocks. Two installations that start at once may both have seen a port free; whoever comes second loses it
 * between the look and its own listening, ends or finds the other's chain there, and is started anew, which exchanges the port.
 */
export async function startUntilReady({ start, onStarted, timeoutMs, signal }) {
  for (let attempt = 0; ; attempt += 1) {
    const handle = await start();
    onStarted(handle);
    try {
      await handle.waitReady({ timeoutMs, signal });
      return handle;
    } catch (error) {
      const isMine = error.code === "exited" || error.code === "differs";
      if (!isMine || attempt >= Object.keys(LISTENERS).length) throw error;
      await handle.stop({ graceMs: 10_000 });
      if (!(await hasLostAPort(handle.facts))) throw error;
    }
  }
}

/** Whether somebody else listens where this node, which has ended, was to. */
async function hasLostAPort(facts) {
  for (const [name, host] of Object.entries({ ...LISTENERS, p2p: facts.p2pHost })) {
    if (!(await isPortFree(facts[`${name}Port`], host))) return true;
  }
  return false;
}

/** A port for each listener of the chain that has `webPort` from an earlier start. A running chain has none such: the port would not have been free. */
export async function portsInsteadOf(webPort, facts) {
  const names = Object.keys(LISTENERS).filter((name) => facts?.[`${name}Port`] === webPort);
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await freePort(webPort)])));
}

/** The usual ports where they are free, so that a newcomer's other tools find the chain; two copies cannot share them. */
export async function firstPorts(usual, webPort) {
  const ports = {};
  for (const [name, host] of Object.entries(LISTENERS)) {
    const isUsable = usual[name] !== webPort && (await isPortFree(usual[name], host));
    ports[name] = isUsable ? usual[name] : await freePort(webPort);
  }
  return ports;
}
