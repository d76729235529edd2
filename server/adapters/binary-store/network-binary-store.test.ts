import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { NetworkFiles, NetworkRelease } from "@/server/ports/binary-store";
import { createNetworkBinaryStore, releaseFor } from "./network-binary-store";

const PROGRAM = randomBytes(300_000);
const GENESIS = Buffer.from(JSON.stringify({ chain_id: "far-1" }));
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const OS = process.platform === "darwin" ? "darwin" : "linux";
const ARCH = process.arch === "arm64" ? "arm64" : "amd64";

let server: http.Server;
let base: string;
let asked: string[] = [];
beforeAll(async () => {
  server = http.createServer((request, response) => {
    asked.push(request.url ?? "");
    if (request.url === "/lead") return void response.writeHead(302, { location: "/program" }).end();
    if (request.url === "/circle") return void response.writeHead(302, { location: "/circle" }).end();
    if (request.url === "/genesis") return void response.end(GENESIS);
    if (request.url === "/gone") return void response.writeHead(404).end();
    response.writeHead(200, { "content-length": request.url === "/huge" ? String(2 * 1024 ** 3) : PROGRAM.length });
    if (request.url === "/huge") return void response.write("x");
    if (request.url !== "/cut") return void response.end(PROGRAM);
    response.write(PROGRAM.subarray(0, 100_000), () => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

let rootDir: string;
beforeEach(() => {
  rootDir = mkdtempSync(join(tmpdir(), "omniphi-binary-store-"));
  asked = [];
});
afterEach(() => rmSync(rootDir, { recursive: true, force: true }));

const release = (change: Partial<NetworkRelease> = {}): NetworkRelease => ({
  version: "v1",
  os: OS,
  arch: ARCH,
  url: `${base}/program`,
  path: null,
  sha256: sha256(PROGRAM),
  ...change,
});
const files = (change: Partial<NetworkFiles> = {}): NetworkFiles => ({
  chainId: "far-1",
  currentVersion: null,
  releases: [release()],
  genesis: { url: `${base}/genesis`, path: null, sha256: sha256(GENESIS) },
  reach: "own",
  ...change,
});
const resolve = (change: Partial<NetworkFiles> = {}) =>
  createNetworkBinaryStore({ rootDir }).resolve(files(change), "process");
const kept = () => readdirSync(rootDir).filter((name) => !name.includes(".lock"));

describe("a network's files", () => {
  it("are fetched once, verified, kept by content, and a program alone can be run", async () => {
    const { binary, genesis } = await resolve();
    expect(binary).toEqual({ path: join(rootDir, sha256(PROGRAM)), sha256: sha256(PROGRAM), version: "v1" });
    expect(readFileSync(binary.path)).toEqual(PROGRAM);
    expect(statSync(binary.path).mode & 0o777).toBe(0o755);
    expect(statSync(genesis.path).mode & 0o777).toBe(0o644);
    await resolve();
    expect(asked.sort()).toEqual(["/genesis", "/program"]);
  });

  it("may lead on to where the bytes lie", async () => {
    await resolve({ releases: [release({ url: `${base}/lead` })] });
    expect(asked).toContain("/program");
  });

  it("are asked for once by four at once", async () => {
    const store = createNetworkBinaryStore({ rootDir });
    await Promise.all([1, 2, 3, 4].map(() => store.resolve(files(), "process")));
    expect(asked.sort()).toEqual(["/genesis", "/program"]);
  });

  it("are taken from this machine too, and are a copy that no later write reaches", async () => {
    const path = join(rootDir, "..", `${sha256(PROGRAM).slice(0, 12)}-program`);
    writeFileSync(path, PROGRAM);
    try {
      const { binary } = await resolve({ releases: [release({ url: null, path })] });
      writeFileSync(path, "another");
      expect(readFileSync(binary.path)).toEqual(PROGRAM);
    } finally {
      rmSync(path);
    }
  });

  it("are brought anew where the kept one was changed", async () => {
    const { binary } = await resolve();
    rmSync(binary.path);
    writeFileSync(binary.path, "tampered");
    expect(readFileSync((await resolve()).binary.path)).toEqual(PROGRAM);
  });

  it.each([
    ["of other bytes", { sha256: "0".repeat(64) }, "binaries.checksum_mismatch"],
    ["that was cut", { path: "/cut" }, "binaries.unreachable"],
    ["that is not there", { path: "/gone" }, "binaries.unreachable"],
    ["that leads in a circle", { path: "/circle" }, "binaries.address_refused"],
    ["that is too large", { path: "/huge" }, "binaries.too_large"],
  ])("refuse one %s and keep nothing of it", async (_what, change, code) => {
    const url = "path" in change ? `${base}${change.path}` : `${base}/program`;
    const stated = "sha256" in change ? { sha256: change.sha256 } : {};
    await expect(resolve({ releases: [release({ url, ...stated })] })).rejects.toMatchObject({ code });
    expect(kept().filter((name) => !name.startsWith(sha256(GENESIS)))).toEqual([]);
  });

  it("are not asked for where an address leads to this machine and the network is no local one", async () => {
    await expect(resolve({ reach: "public" })).rejects.toMatchObject({ code: "binaries.address_refused" });
    expect(asked).toEqual([]);
  });

  it.each([
    ["a release", { releases: [] }, /no release for/],
    ["the release in force", { currentVersion: "v2" }, /no release v2 for/],
    ["a genesis", { genesis: null }, /no genesis/],
  ])("are not configured without %s, which says who adds it", async (_what, change, message) => {
    const refusal = resolve(change);
    await expect(refusal).rejects.toMatchObject({ code: "binaries.not_configured" });
    await expect(refusal).rejects.toThrow(message);
    await expect(refusal).rejects.toThrow(/operator adds one/);
  });

  it("are brought once by two processes, and again after one was killed in the middle of it", async () => {
    // A draft and a lock as a killed process leaves them.
    writeFileSync(join(rootDir, `${sha256(PROGRAM)}.part-dead`), "half");
    writeFileSync(
      join(rootDir, `${sha256(PROGRAM)}.lock.1`),
      JSON.stringify({ pid: 999_999_999, identity: "gone", nonce: "x" }),
    );
    await Promise.all([resolve(), resolve()]);
    expect(asked.filter((url) => url === "/program")).toHaveLength(1);
    expect(kept().sort()).toEqual([sha256(GENESIS), sha256(PROGRAM)].sort());
  });
});

describe("a file that is not on a record yet", () => {
  const inspect = (kind: "program" | "genesis", path: string, stated: string | null = null) =>
    createNetworkBinaryStore({ rootDir }).inspect({
      url: `${base}${path}`,
      path: null,
      sha256: stated,
      kind,
      reach: "own",
    });

  it("is told by its SHA-256 and size, and lies here for the node that needs it", async () => {
    expect(await inspect("program", "/program")).toEqual({
      sha256: sha256(PROGRAM),
      sizeBytes: PROGRAM.length,
      genesisChainId: null,
    });
    expect(await inspect("genesis", "/genesis")).toMatchObject({ genesisChainId: "far-1" });
    asked = [];
    await resolve();
    expect(asked).toEqual([]);
  });

  it("is no genesis where it is something else", async () => {
    expect(await inspect("genesis", "/program")).toMatchObject({ genesisChainId: null });
  });

  it("is refused where it is not what was stated, and leaves nothing when it is cut", async () => {
    await expect(inspect("program", "/program", "0".repeat(64))).rejects.toMatchObject({
      code: "binaries.checksum_mismatch",
    });
    await expect(inspect("program", "/cut")).rejects.toMatchObject({ code: "binaries.unreachable" });
    expect(kept()).toEqual([]);
  });
});

it("takes the release in force, or the first for the platform", () => {
  const releases = [
    release({ arch: "arm64", os: "linux", version: "a" }),
    release({ arch: "amd64", os: "linux", version: "b" }),
    release({ arch: "amd64", os: "linux", version: "c" }),
  ];
  expect(releaseFor(files({ releases }), "linux/amd64")?.version).toBe("b");
  expect(releaseFor(files({ releases, currentVersion: "c" }), "linux/amd64")?.version).toBe("c");
  expect(releaseFor(files({ releases, currentVersion: "a" }), "linux/amd64")).toBeUndefined();
});
