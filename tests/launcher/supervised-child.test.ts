import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/bare-checkout";
import { launcherModule } from "./launcher-module";

type Child = {
  readonly pid: number | undefined;
  readonly crashes: number;
  stop(): Promise<void>;
  restart(): Promise<void>;
};
type Reporter = { line(name: string, text: string): void };
type Registry = { add(name: string, pid: number): void; remove(pid: number): void };
type Options = {
  name: string;
  command: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  graceMs?: number;
  registry: Registry;
  reporter: Reporter;
};

const { superviseChild } = await launcherModule<{ superviseChild(options: Options): Child }>("start/supervised-child");
const { createChildRegistry, stopLeftovers } = await launcherModule<{
  createChildRegistry(dataDir: string): Registry;
  stopLeftovers(dataDir: string): Promise<string[]>;
}>("start/child-registry");
const { identityOf } = await launcherModule<{ identityOf(pid: number): string | undefined }>("start/process-identity");

/** Polls, because what is waited for happens in other processes; the test's own limit bounds it. */
async function until(condition: () => boolean) {
  while (!condition()) await delay(20);
}

// A process that starts one of its own, writes both ids to a file, and does not end when asked to.
const PARENT = `
  const { spawn } = require("node:child_process");
  const { writeFileSync, renameSync } = require("node:fs");
  const own = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  writeFileSync(process.argv[1] + ".draft", JSON.stringify([process.pid, own.pid]));
  renameSync(process.argv[1] + ".draft", process.argv[1]);
  process.on("SIGTERM", () => {});
  setInterval(() => {}, 1000);
`;

function setup(script: string, graceMs = 500) {
  const folder = temporaryFolder();
  const lines: string[] = [];
  const pidFile = join(folder, "pids.json");
  return {
    folder,
    lines,
    pids: async (): Promise<number[]> => {
      await until(() => existsSync(pidFile));
      return JSON.parse(readFileSync(pidFile, "utf8"));
    },
    logFile: join(folder, "child.log"),
    begin: (registry: Registry = { add: () => {}, remove: () => {} }) =>
      superviseChild({
        name: "web",
        command: process.execPath,
        args: ["-e", script, pidFile],
        cwd: folder,
        env: process.env,
        logFile: join(folder, "child.log"),
        graceMs,
        registry,
        reporter: { line: (name, text) => lines.push(`${name} ${text}`) },
      }),
  };
}

describe("a supervised process", () => {
  it("is started again after it ended by itself, and says so", async () => {
    const { begin, lines, logFile } = setup("console.log('begun'); process.exit(3)");
    const child = begin();
    await until(() => child.crashes >= 2);
    await child.stop();
    expect(lines[0]).toMatch(/^web stopped unexpectedly \(status 3\); starting again in 1 s/);
    expect(lines[1]).toMatch(/starting again in 2 s/);
    expect(readFileSync(logFile, "utf8")).toBe("begun\nbegun\n");
  });

  it("is said to run again once it stays", async () => {
    const { begin, lines } = setup(`
      const { existsSync, writeFileSync } = require("node:fs");
      if (!existsSync("was-here")) { writeFileSync("was-here", ""); process.exit(3); }
      setInterval(() => {}, 1000);
    `);
    const child = begin();
    await until(() => lines.length >= 2);
    const { pid } = child;
    await child.stop();
    expect(lines.slice(1)).toEqual([`web runs again (process ${pid})`]);
  });

  it("takes its own children along when it stops, even when it does not listen", async () => {
    const { begin, pids } = setup(PARENT);
    const child = begin();
    const all = await pids();
    await child.stop();
    expect(all.map((pid) => identityOf(pid))).toEqual([undefined, undefined]);
  });

  it("shows an error of its log on the console, and what is none only in the file", async () => {
    const { begin, lines, logFile } = setup(
      `console.log(JSON.stringify({ level: 30, msg: "served" })); console.log(JSON.stringify({ level: 50, event: "db.lost", msg: "no answer" })); setInterval(() => {}, 1000)`,
    );
    const child = begin();
    await until(() => lines.length > 0);
    await child.stop();
    expect(lines).toEqual(["web db.lost: no answer"]);
    expect(readFileSync(logFile, "utf8")).toContain("served");
  });
});

describe("what a killed launcher left", () => {
  it("is ended by the next start with all of its group", async () => {
    const { begin, pids, folder } = setup(PARENT);
    mkdirSync(join(folder, "run"));
    const child = begin(createChildRegistry(folder));
    const [leader = 0, grandchild = 0] = await pids();
    expect(identityOf(grandchild)).toBeDefined();
    const stopped = await stopLeftovers(folder);
    expect(stopped).toEqual(["web"]);
    expect([identityOf(leader), identityOf(grandchild)]).toEqual([undefined, undefined]);
    await child.stop();
    expect(await stopLeftovers(folder)).toEqual([]);
  });
});
