// Builds posd and keeps the result by content, so that it is compiled once per machine and source.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, chmod, constants, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join, relative, resolve, sep } from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { withFileLock } from "./file-lock.mjs";
import { IDENTITIES } from "./identities.mjs";

const SOURCE_DIR = dirname(fileURLToPath(import.meta.url));

/** The two releases: v2 has the handler of the upgrade plan "v2", v1 knows no plan at all. */
const RELEASES = Object.freeze({
  v1: { semver: "v1.0.0", tags: [] },
  v2: { semver: "v2.0.0", tags: ["posd_v2"] },
});

const PROGRESS_INTERVAL_MS = 5_000;
/** How much of the compiler's output an error carries. */
const ERROR_TAIL_LINES = 20;

/** A build that cannot be made, with a sentence for the person who asked for it. */
export class BuildError extends Error {
  /**
   * @param {"go_missing" | "build_failed" | "unknown_version" | "unknown_identity"} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.name = "BuildError";
    this.code = code;
  }
}

/**
 * Where built binaries are kept when the caller names no place: OMNIPHI_CACHE_DIR, else ~/.cache/omniphi-cloud.
 *
 * @returns {string} an absolute path
 */
export function defaultCacheDir() {
  return resolve(process.env.OMNIPHI_CACHE_DIR || join(homedir(), ".cache", "omniphi-cloud"));
}

/**
 * Returns the path of a posd of this release, building it when these very sources were not built before by this Go
 * version with these flags. Safe to call from several processes at once: one builds, the rest wait for it.
 *
 * @param {{ version: "v1" | "v2", identity?: keyof typeof IDENTITIES, cacheDir?: string, onLine?: (line: string) => void, signal?: AbortSignal }} options
 *   `identity` is which network's names the binary has, Omniphi's where none is named; `onLine` gets one sentence per step, and progress while compiling
 * @returns {Promise<{ path: string, sha256: string, version: string }>} `version` is what `posd version` prints
 * @throws {BuildError} go_missing, build_failed, unknown_version, unknown_identity
 */
export async function buildPosd({
  version,
  identity = "omniphi",
  cacheDir = defaultCacheDir(),
  onLine = () => {},
  signal,
}) {
  if (!Object.hasOwn(RELEASES, version)) {
    throw new BuildError(
      "unknown_version",
      `posd has the releases ${Object.keys(RELEASES).join(" and ")}, not "${version}".`,
    );
  }
  if (!Object.hasOwn(IDENTITIES, identity)) {
    const known = Object.keys(IDENTITIES).join(" and ");
    throw new BuildError("unknown_identity", `There are the identities ${known}, not "${identity}".`);
  }
  const names = IDENTITIES[identity];
  const release = { ...RELEASES[version], names };
  const goPath = await findGo();
  const flags = buildFlags(release);
  const hash = await contentHash({ goPath, flags, signal });
  const releaseDir = join(resolve(cacheDir), "posd", hash);
  const label = `${names.binaryName} ${release.semver}`;

  const cached = await readCached(releaseDir, names.binaryName);
  if (cached) {
    onLine(`${label}: already built`);
    return { ...cached, version: release.semver };
  }
  return withFileLock(
    {
      path: join(resolve(cacheDir), "posd", "build.lock"),
      onWait: (pid) => onLine(`${label}: waiting for another build (process ${pid})`),
      signal,
    },
    async () => {
      const builtMeanwhile = await readCached(releaseDir, names.binaryName);
      if (builtMeanwhile) {
        onLine(`${label}: built by another process`);
        return { ...builtMeanwhile, version: release.semver };
      }
      const built = await compile({ goPath, flags, releaseDir, label, binaryName: names.binaryName, onLine, signal });
      return { ...built, version: release.semver };
    },
  );
}

/** @param {{ semver: string, tags: readonly string[], names: import("./identities.mjs").Identity }} release */
function buildFlags({ semver, tags, names }) {
  const linked = {
    "github.com/cosmos/cosmos-sdk/version": {
      Name: names.appName,
      AppName: names.binaryName,
      Version: semver,
      Commit: "",
      BuildTags: tags.join(","),
    },
    // Omniphi's are what the source says, so that its binary is the same however it is built.
    "omniphi.cloud/devnet/app": names === IDENTITIES.omniphi ? {} : linkedNames(names),
  };
  const linkerFlags = ["-s", "-w", "-buildid="];
  for (const [path, values] of Object.entries(linked)) {
    for (const [name, value] of Object.entries(values)) linkerFlags.push("-X", `${path}.${name}=${value}`);
  }
  const flags = ["-trimpath", "-buildvcs=false", "-ldflags", linkerFlags.join(" ")];
  if (tags.length > 0) flags.push("-tags", tags.join(","));
  return flags;
}

/** The variables of app/identity.go. @param {import("./identities.mjs").Identity} names */
const linkedNames = (names) => ({
  ChainName: names.chainName,
  AppName: names.appName,
  BinaryName: names.binaryName,
  AccountPrefix: names.accountPrefix,
  BaseDenom: names.baseDenom,
  MilliDenom: names.milliDenom,
  DisplayDenom: names.displayDenom,
  coinType: String(names.coinType),
});

/** Everything of the environment that would change the result is fixed; proxies, caches and PATH are the caller's. */
function goEnvironment() {
  return { ...process.env, CGO_ENABLED: "0", GOFLAGS: "-mod=readonly", GOWORK: "off" };
}

/** @returns {Promise<string>} the path of the go command */
async function findGo() {
  // The last one is where Go's own installer puts it, which often is on nobody's PATH (go.dev/doc/install).
  const folders = [...(process.env.PATH ?? "").split(delimiter), join(process.env.GOROOT || "/usr/local/go", "bin")];
  for (const folder of folders) {
    if (folder === "") continue;
    const candidate = join(folder, process.platform === "win32" ? "go.exe" : "go");
    try {
      await access(candidate, constants.X_OK);
      return candidate;
    } catch {
      // the next folder
    }
  }
  throw new BuildError(
    "go_missing",
    "The local chain has to be compiled and Go was not found: install Go 1.24 or newer (https://go.dev/doc/install) and make sure `go` is on PATH, or name a ready binary in POSD_BINARY.",
  );
}

/**
 * Names a build by everything that goes into it. Tests are left out: they do not end in the binary.
 *
 * @param {{ goPath: string, flags: readonly string[], signal?: AbortSignal }} input
 * @returns {Promise<string>} 32 hex digits
 */
async function contentHash({ goPath, flags, signal }) {
  const toolchain = await runGo(goPath, ["env", "GOVERSION", "GOOS", "GOARCH", "GOAMD64", "GOARM64"], { signal });
  const hash = createHash("sha256");
  hash.update(JSON.stringify({ toolchain: toolchain.stdout, flags }));
  for (const path of await sourceFiles(SOURCE_DIR)) {
    const content = await readFile(path);
    const name = relative(SOURCE_DIR, path).split(sep).join("/");
    hash.update(`\0${name}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex").slice(0, 32);
}

/**
 * @param {string} folder
 * @returns {Promise<string[]>} sorted, so that the hash does not depend on the file system
 */
async function sourceFiles(folder) {
  const paths = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) paths.push(...(await sourceFiles(path)));
    else if (/^go\.(mod|sum)$/.test(entry.name)) paths.push(path);
    else if (entry.name.endsWith(".go") && !entry.name.endsWith("_test.go")) paths.push(path);
  }
  return paths.sort();
}

/**
 * A finished build whose bytes are still those that were built; a damaged one is removed so that it is built again.
 *
 * @param {string} releaseDir
 * @param {string} binaryName
 */
async function readCached(releaseDir, binaryName) {
  const path = join(releaseDir, binaryName);
  let expected;
  try {
    expected = (await readFile(`${path}.sha256`, "utf8")).split(" ")[0];
  } catch {
    return null;
  }
  try {
    const sha256 = await fileSha256(path);
    if (sha256 === expected) return { path, sha256 };
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOENT") throw error;
  }
  await rm(releaseDir, { recursive: true, force: true });
  return null;
}

/** @param {string} path */
async function fileSha256(path) {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/**
 * @param {{ goPath: string, flags: readonly string[], releaseDir: string, label: string, binaryName: string,
 *   onLine: (line: string) => void, signal?: AbortSignal }} input
 */
async function compile({ goPath, flags, releaseDir, label, binaryName, onLine, signal }) {
  const startedAtMs = Date.now();
  const draftDir = `${releaseDir}.draft`;
  // The build lock is held, so whatever lies here was left by a build that died.
  await rm(draftDir, { recursive: true, force: true });
  await mkdir(draftDir, { recursive: true });
  try {
    onLine(`${label}: fetching modules`);
    const tagFlags = flags.includes("-tags") ? flags.slice(flags.indexOf("-tags")) : [];
    const listed = await runGo(goPath, ["list", "-deps", ...tagFlags, "./cmd/posd"], { signal });
    const packageCount = listed.stdout.trim().split("\n").length;

    onLine(`${label}: compiling ${packageCount} packages (4 to 7 minutes the first time, then seconds)`);
    let compiledCount = 0;
    let lastReportMs = Date.now();
    const draftPath = join(draftDir, binaryName);
    await runGo(goPath, ["build", "-v", ...flags, "-o", draftPath, "./cmd/posd"], {
      signal,
      onErrorLine: () => {
        compiledCount += 1; // -v names each package that was not in Go's own build cache
        if (Date.now() - lastReportMs < PROGRESS_INTERVAL_MS) return;
        lastReportMs = Date.now();
        onLine(`${label}: compiled ${compiledCount} of at most ${packageCount} packages`);
      },
    });

    await chmod(draftPath, 0o755);
    const sha256 = await fileSha256(draftPath);
    await writeFile(join(draftDir, `${binaryName}.sha256`), `${sha256}  ${binaryName}\n`);
    await rename(draftDir, releaseDir);
    onLine(`${label}: built in ${Math.round((Date.now() - startedAtMs) / 1000)} s`);
    return { path: join(releaseDir, binaryName), sha256 };
  } catch (error) {
    await rm(draftDir, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Runs go with these arguments in the module's folder.
 *
 * @param {string} goPath
 * @param {readonly string[]} args
 * @param {{ signal?: AbortSignal, onErrorLine?: (line: string) => void }} [options]
 * @returns {Promise<{ stdout: string }>}
 */
function runGo(goPath, args, { signal, onErrorLine } = {}) {
  return new Promise((resolvePromise, reject) => {
    const child = spawn(goPath, args, {
      cwd: SOURCE_DIR,
      env: goEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
      signal,
    });
    let stdout = "";
    /** @type {string[]} */
    const errorTail = [];
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
    });
    createInterface({ input: child.stderr }).on("line", (line) => {
      errorTail.push(line);
      if (errorTail.length > ERROR_TAIL_LINES) errorTail.shift();
      onErrorLine?.(line);
    });
    child.once("error", reject);
    child.once("close", (code, killedBy) => {
      if (code === 0) return resolvePromise({ stdout });
      const ending = killedBy ? `was ended by ${killedBy}` : `failed with status ${code}`;
      reject(new BuildError("build_failed", `go ${args[0]} ${ending}:\n${errorTail.join("\n")}`));
    });
  });
}

async function main() {
  const { values } = parseArgs({
    options: { version: { type: "string" }, identity: { type: "string" }, cache: { type: "string" } },
  });
  const result = await buildPosd({
    version: /** @type {"v1" | "v2"} */ (values.version ?? "v1"),
    identity: /** @type {keyof typeof IDENTITIES} */ (values.identity ?? "omniphi"),
    cacheDir: values.cache ?? defaultCacheDir(),
    onLine: (line) => console.log(line),
  });
  console.log(JSON.stringify(result));
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(error instanceof BuildError ? error.message : error);
    process.exitCode = 1;
  });
}
