import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { GuardedFetchError, guardedDownload } from "@/lib/os/guarded-fetch";
import type { BinaryStore, NetworkFiles, NetworkRelease, UnprovenFile } from "@/server/ports/binary-store";
import type { CallOptions } from "@/server/ports/call-options";
import type { NodeHostKind } from "@/server/ports/node-host";
import { withDeadline } from "@/server/ports/with-deadline";
import { binaryNotConfigured, binaryNotReady, binaryRefused, binaryUnreachable } from "./binary-errors";
import { type Bring, createContentStore } from "./content-store";

/** Less than a step may take; what is not there by then goes on coming, and the next try finds it. */
const RESOLVE_MS = 240_000;
/** A request waits so long; whoever asks again finds what came meanwhile. */
const INSPECT_MS = 15_000;
const FETCH_MS = 30 * 60_000;
/** The largest program of a Cosmos chain that was seen has a fifth of it; a genesis is read whole, and a text of Node's ends at half a gigabyte. */
const MAX_PROGRAM_BYTES = 1024 ** 3;
const MAX_GENESIS_BYTES = 400 * 1024 ** 2;

const ARCHES: Readonly<Partial<Record<string, NetworkRelease["arch"]>>> = { x64: "amd64", arm64: "arm64" };

/** The platform that programs of a host of that kind run on; containers are Linux on every machine. */
function platformOf(runtime: NodeHostKind): string {
  const os = runtime === "docker" ? "linux" : process.platform;
  return `${os}/${ARCHES[process.arch] ?? process.arch}`;
}

/** The release in force for the platform, or the first that fits where the record names none. */
export function releaseFor(files: NetworkFiles, platform: string): NetworkRelease | undefined {
  const fitting = files.releases.filter(({ os, arch }) => `${os}/${arch}` === platform);
  return files.currentVersion === null ? fitting[0] : fitting.find(({ version }) => version === files.currentVersion);
}

const LIMITS = {
  program: { isProgram: true, maxBytes: MAX_PROGRAM_BYTES },
  genesis: { isProgram: false, maxBytes: MAX_GENESIS_BYTES },
} as const;
type Kept = { readonly path: string; readonly sha256: string };

/** Keeps networks' programs and genesis files under one folder of the data directory. */
export function createNetworkBinaryStore(options: { readonly rootDir: string }): BinaryStore {
  const store = createContentStore(options.rootDir);
  /** What this process is bringing now; it goes on when the one who asked first has stopped waiting. */
  const pending = new Map<string, Promise<Kept>>();

  const keep = (file: UnprovenFile, kind: keyof typeof LIMITS, reach: NetworkFiles["reach"]): Promise<Kept> => {
    const { sha256 } = file;
    const key = `${kind} ${sha256 ?? file.path ?? file.url}`;
    const known = pending.get(key);
    if (known !== undefined) return known;
    const { isProgram, maxBytes } = LIMITS[kind];
    const bring = bringer(file, maxBytes, reach);
    const signal = AbortSignal.timeout(FETCH_MS);
    const coming = (
      sha256 === null
        ? store.keepUnnamed(isProgram, bring, signal)
        : store.keep({ sha256, isProgram }, bring, signal).then((path) => ({ path, sha256 }))
    )
      .catch((thrown: unknown) => {
        throw isDiskFull(thrown) ? binaryRefused("disk_full", {}, thrown) : thrown;
      })
      .finally(() => pending.delete(key));
    pending.set(key, coming);
    // Whoever waits hears of it; with nobody left it is told to the next one who asks.
    coming.catch(() => undefined);
    return coming;
  };

  return {
    resolve: async (files, runtime, callOptions) => {
      const platform = platformOf(runtime);
      const release = releaseFor(files, platform);
      if (release === undefined) {
        const wanted = files.currentVersion === null ? "" : ` ${files.currentVersion}`;
        throw binaryNotConfigured(files.chainId, `release${wanted} for ${platform}`);
      }
      const { genesis: stated } = files;
      if (stated === null) throw binaryNotConfigured(files.chainId, "genesis with its SHA-256");
      const [binary, genesis] = await waited(callOptions, RESOLVE_MS, files.chainId, () =>
        Promise.all([keep(release, "program", files.reach), keep(stated, "genesis", files.reach)]),
      );
      return { binary: { ...binary, version: release.version }, genesis };
    },
    inspect: async (file, callOptions) => {
      const { path, sha256 } = await waited(callOptions, INSPECT_MS, "the network", () =>
        keep(file, file.kind, file.reach),
      );
      const { size: sizeBytes } = await stat(path);
      return { sha256, sizeBytes, genesisChainId: file.kind === "genesis" ? await chainIdIn(path) : null };
    },
  };
}

function waited<Out>(
  options: CallOptions | undefined,
  defaultMs: number,
  chainId: string,
  work: () => Promise<Out>,
): Promise<Out> {
  const notReady = () => binaryNotReady(chainId);
  return withDeadline({ options, defaultMs, onTimeout: notReady, onAbort: notReady }, work);
}

/** Which chain a genesis file is of; null for what is none. */
async function chainIdIn(path: string): Promise<string | null> {
  try {
    const found: unknown = JSON.parse(await readFile(path, "utf8"));
    const chainId = found !== null && typeof found === "object" && "chain_id" in found ? found.chain_id : null;
    return typeof chainId === "string" ? chainId : null;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}

function bringer(file: UnprovenFile, maxBytes: number, reach: NetworkFiles["reach"]): Bring {
  const { path, url } = file;
  if (path !== null) return (take, signal) => copyFrom(path, maxBytes, take, signal);
  if (url !== null) return (take, signal) => download(url, { maxBytes, reach, signal }, take);
  return async () => {
    throw binaryRefused("file_missing", { sha256: file.sha256 });
  };
}

async function copyFrom(path: string, maxBytes: number, take: (chunk: Buffer) => Promise<void>, signal: AbortSignal) {
  // Neither a folder, nor a pipe that never ends.
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || !found.isFile()) throw binaryRefused("file_missing", { path });
  if (found.size > maxBytes) throw binaryRefused("too_large", { path, maxBytes });
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) await take(chunk as Buffer);
}

async function download(
  url: string,
  limits: { readonly maxBytes: number; readonly reach: NetworkFiles["reach"]; readonly signal: AbortSignal },
  take: (chunk: Buffer) => Promise<void>,
): Promise<void> {
  const { maxBytes, reach, signal } = limits;
  try {
    await guardedDownload(url, { reach, signal, maxBodyBytes: maxBytes }, take);
  } catch (thrown) {
    if (isDiskFull(thrown)) throw thrown;
    if (!(thrown instanceof GuardedFetchError) || thrown.reason === "status") throw binaryUnreachable(url, thrown);
    if (thrown.reason === "too_large") throw binaryRefused("too_large", { url, maxBytes }, thrown);
    throw binaryRefused("address_refused", { url, reason: thrown.message }, thrown);
  }
}

const isDiskFull = (thrown: unknown): boolean =>
  thrown instanceof Error && "code" in thrown && (thrown.code === "ENOSPC" || thrown.code === "EDQUOT");
