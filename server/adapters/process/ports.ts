import { createHash } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { z } from "zod";
import { createDurably, readJson } from "@/lib/os/durable-file.mjs";
import { runtimeRefused } from "@/server/ports/node-host-errors";
import { nodePaths } from "./node-layout.mjs";
import { isThere, nodeDirectory, type ProcessHostSettings } from "./process-root";

const nodePortsSchema = z.object({ p2p: z.int(), rpc: z.int(), metrics: z.int() });

/** TCP ports of one node, its own for as long as the node is there. */
export type NodePorts = z.infer<typeof nodePortsSchema>;

/** Below Linux's ephemeral range (32768 and up) and NodePorts (30000 and up), so that no outgoing connection sits on a stopped node's port. */
const FIRST_PORT = 21_000;
const PORT_COUNT = 5_000;

const reservationsDirectory = (settings: ProcessHostSettings) => join(resolve(settings.rootDir), "ports");

/** Whether nothing on this machine listens on the port, on any address. */
export async function isPortFree(port: number): Promise<boolean> {
  return await new Promise<boolean>((done) => {
    const probe = createServer();
    probe.once("error", () => done(false));
    probe.listen({ port, host: "0.0.0.0", exclusive: true }, () => probe.close(() => done(true)));
  });
}

async function reservedBy(settings: ProcessHostSettings, nodeId: string): Promise<number[]> {
  const directory = reservationsDirectory(settings);
  if (!(await isThere(directory))) return [];
  const own: number[] = [];
  for (const entry of await readdir(directory)) {
    if (!/^\d+$/.test(entry)) continue;
    const holder = await readFile(join(directory, entry), "utf8").catch(() => "");
    if (holder === nodeId) own.push(Number(entry));
  }
  return own;
}

async function claimPort(settings: ProcessHostSettings, nodeId: string, taken: ReadonlySet<number>): Promise<number> {
  const offset = createHash("sha256").update(`${settings.installationId}/${nodeId}`).digest().readUInt32BE(0);
  for (let step = 0; step < PORT_COUNT; step += 1) {
    const port = FIRST_PORT + ((offset + step) % PORT_COUNT);
    if (taken.has(port)) continue;
    const path = join(reservationsDirectory(settings), String(port));
    if (!createDurably(path, nodeId)) continue;
    if (await isPortFree(port)) return port;
    await rm(path, { force: true });
  }
  throw runtimeRefused("no_free_port");
}

/** The ports that the node has, or undefined when none were reserved. */
export function portsOf(settings: ProcessHostSettings, nodeId: string): NodePorts | undefined {
  return nodePortsSchema.safeParse(readJson(nodePaths(nodeDirectory(settings, nodeId)).ports)).data;
}

/**
 * The node's ports, reserved on first call: a file per port that one node only can make, kept over restarts. Of racing calls for one node the
 * first to write down its choice wins, and the others give theirs back.
 */
export async function reservePorts(settings: ProcessHostSettings, nodeId: string): Promise<NodePorts> {
  const known = portsOf(settings, nodeId);
  if (known !== undefined) return known;
  const mine = new Set<number>();
  for (const _purpose of ["p2p", "rpc", "metrics"]) mine.add(await claimPort(settings, nodeId, mine));
  const [p2p, rpc, metrics] = [...mine];
  const written = createDurably(
    nodePaths(nodeDirectory(settings, nodeId)).ports,
    JSON.stringify({ p2p, rpc, metrics }),
  );
  const winner = portsOf(settings, nodeId);
  if (winner === undefined) throw runtimeRefused("refused", { rawCode: "ports_unreadable" });
  if (!written) for (const port of mine) await rm(join(reservationsDirectory(settings), String(port)), { force: true });
  return winner;
}

/** Gives all ports of the node back, also those of a reservation that was cut short. */
export async function releasePorts(settings: ProcessHostSettings, nodeId: string): Promise<void> {
  await rm(nodePaths(nodeDirectory(settings, nodeId)).ports, { force: true });
  for (const port of await reservedBy(settings, nodeId)) {
    await rm(join(reservationsDirectory(settings), String(port)), { force: true });
  }
}
