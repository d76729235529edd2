import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { bareCheckout, temporaryFolder } from "../support/bare-checkout";
import { freePort } from "../support/free-port";
import { holdPort, start } from "./running-start";

const NOBODY = 65_534;

const checkout = bareCheckout();
afterAll(() => rmSync(checkout, { recursive: true, force: true }));

/** Starts what cannot start and returns what it said. */
async function refusal(env: Record<string, string>, how: { user?: number; prefix?: readonly string[] } = {}) {
  const running = start({ checkout, env: { PORT: String(await freePort()), ...env }, ...how });
  const status = await running.exitStatus;
  return { status, text: running.lines().join("\n"), hasInstalled: existsSync(join(checkout, "node_modules")) };
}

describe("a start that cannot go on", () => {
  it("names the process that has the port and a port that is free", async () => {
    const held = await holdPort();
    const { status, text, hasInstalled } = await refusal({ PORT: String(held.port) });
    await held.release();
    expect(status).toBe(1);
    expect(text).toMatch(new RegExp(`Port ${held.port} is taken by .*\\(process ${process.pid}\\)`));
    expect(text).toMatch(/PORT=\d+ npm start/);
    expect(text).toContain("start.port_taken");
    expect(hasInstalled).toBe(false);
  });

  it("names a data directory that it may not write", async () => {
    const folder = join(temporaryFolder(), "data");
    mkdirSync(folder);
    chmodSync(folder, 0o555);
    const asRoot = process.getuid?.() === 0;
    const { status, text } = await refusal({ OMNIPHI_DATA_DIR: folder }, asRoot ? { user: NOBODY } : {});
    expect(status).toBe(1);
    expect(text).toContain(`The data directory ${folder} cannot be written`);
    expect(text).toContain("OMNIPHI_DATA_DIR");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("leaves a folder alone that holds somebody's files", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "thesis.txt"), "mine");
    const { status, text } = await refusal({ OMNIPHI_DATA_DIR: folder });
    expect(status).toBe(1);
    expect(text).toContain("holds files that Omniphi Cloud did not put there");
    expect(readdirSync(folder)).toEqual(["thesis.txt"]);
  });

  it("says that the disk is full before it changes anything", async () => {
    const folder = temporaryFolder();
    // A file system of eight megabytes in a mount namespace of the launcher's own, gone with it.
    const namespace = process.getuid?.() === 0 ? ["--mount"] : ["--map-root-user", "--mount"];
    const mountThenRun = `mount -t tmpfs -o size=8m omniphi-test "${folder}" && exec "$@"`;
    const prefix = ["unshare", ...namespace, "sh", "-c", mountThenRun, "sh"];
    const { status, text, hasInstalled } = await refusal({ OMNIPHI_DATA_DIR: join(folder, "data") }, { prefix });
    expect(status).toBe(1);
    expect(text).toContain("start.disk_full");
    expect(text).toMatch(/Free some space/);
    expect(hasInstalled).toBe(false);
  });

  it("refuses a PORT that is no port", async () => {
    const { status, text } = await refusal({ PORT: "http" });
    expect(status).toBe(1);
    expect(text).toContain("start.port_invalid");
  });
});

describe("reset", () => {
  const reset = (dataDir: string, ...args: string[]) => {
    try {
      const out = execFileSync(process.execPath, ["tools/start/reset.mjs", ...args], {
        cwd: checkout,
        env: { ...process.env, OMNIPHI_DATA_DIR: dataDir },
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      });
      return { status: 0, text: out };
    } catch (error) {
      const { status, stdout } = error as { status: number; stdout: string };
      return { status, text: stdout };
    }
  };

  it("removes a data directory of ours, and only when told to", () => {
    const dataDir = join(temporaryFolder(), "data");
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, "omniphi-data.json"), JSON.stringify({ product: "omniphi-cloud", layout: 1 }));
    const unasked = reset(dataDir);
    expect(unasked).toMatchObject({ status: 1, text: expect.stringContaining("reset.not_confirmed") });
    expect(existsSync(dataDir)).toBe(true);
    expect(reset(dataDir, "--yes").status).toBe(0);
    expect(existsSync(dataDir)).toBe(false);
  });

  it("leaves any other directory alone", () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, "thesis.txt"), "mine");
    const { status, text } = reset(dataDir, "--yes");
    expect(status).toBe(1);
    expect(text).toContain("reset.data_dir_foreign");
    expect(readdirSync(dataDir)).toEqual(["thesis.txt"]);
  });
});
