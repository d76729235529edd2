import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { identityOf } from "@/lib/os/process-identity.mjs";
import { temporaryFolder } from "../support/bare-checkout";
import { launcherModule } from "./launcher-module";
import { type Contender, contend, DEVNET_LOCK, LAUNCHER_LOCK, type LockMaker } from "./lock-contenders";

type Lock = {
  tryLock(path: string, facts?: object): { release?: () => void; holder?: { pid: number; port?: number } };
  lockHolder(path: string): { pid: number } | undefined;
};
type LocalnetLock = {
  withFileLock<Out>(
    options: { path: string; onWait: (holderPid: number) => void; signal: AbortSignal },
    work: () => Promise<Out>,
  ): Promise<Out>;
  processStartTicks(pid: number): string | null;
};

const { tryLock, lockHolder } = await launcherModule<Lock>("start/lock");
const { withFileLock, processStartTicks } = await launcherModule<LocalnetLock>("../devnet/file-lock");

/** Some seventy times three processes, one after the other. */
const OVERTAKING_LIMIT_MS = 300_000;

/** A lock whose holder was killed. */
async function deadLock(maker = LAUNCHER_LOCK) {
  const path = join(temporaryFolder(), "a.lock");
  const holder = contend(maker, path);
  expect(await holder.next()).toBe("won");
  await holder.kill();
  expect(readdirSync(dirname(path))).toHaveLength(1);
  return path;
}

/**
 * One finds the dead holder's lock and stops before two of its calls; at each stop another comes and takes what it can get. Answers how many
 * stops there were, since a loser makes fewer calls, and how many hold the lock at the end.
 */
async function overtake(maker: LockMaker, dead: string, stops: readonly [number, number]) {
  const path = join(temporaryFolder(), "a.lock");
  cpSync(dirname(dead), dirname(path), { recursive: true });
  const slow = contend(maker, path, stops);
  const others: Contender[] = [];
  const answers: string[] = [];
  let said = await slow.next();
  while (said === "stopped") {
    const other = contend(maker, path);
    others.push(other);
    answers.push(await other.next());
    slow.goOn();
    said = await slow.next();
  }
  answers.push(said);
  await Promise.all([slow, ...others].map((each) => each.kill()));
  return { stopCount: others.length, holderCount: answers.filter((answer) => answer === "won").length };
}

describe("the launcher's lock", () => {
  it("names the one who has it and is free again after release", () => {
    const path = join(temporaryFolder(), "folder", "a.lock");
    const first = tryLock(path, { port: 3000 });
    expect(tryLock(path).holder).toMatchObject({ pid: process.pid, port: 3000 });
    first.release?.();
    expect(lockHolder(path)).toBeUndefined();
    expect(tryLock(path).release).toBeDefined();
  });

  it("goes to exactly one of eight that find a dead holder's lock at once", async () => {
    const path = await deadLock();
    const contenders = Array.from({ length: 8 }, () => contend(LAUNCHER_LOCK, path));
    const answers = await Promise.all(contenders.map((each) => each.next()));
    await Promise.all(contenders.map((each) => each.kill()));
    expect(answers.filter((answer) => answer === "won")).toHaveLength(1);
  });

  it.each([
    { name: "the launcher's", maker: LAUNCHER_LOCK },
    { name: "the local chain's", maker: DEVNET_LOCK },
  ])(
    "$name goes to one only, wherever the first to find a dead holder's lock is overtaken by two others",
    async ({ maker }) => {
      const dead = await deadLock(maker);
      const wrong: string[] = [];
      let overtaken = 0;
      for (let first = 1, isLast = false; !isLast; first += 1) {
        for (let second = first + 1; ; second += 1) {
          const { stopCount, holderCount } = await overtake(maker, dead, [first, second]);
          if (holderCount !== 1) wrong.push(`${holderCount} hold it after stops before calls ${first} and ${second}`);
          isLast = stopCount === 0;
          if (stopCount < 2) break;
          overtaken += 1;
        }
      }
      expect(wrong).toEqual([]);
      expect(overtaken).toBeGreaterThan(10);
    },
    OVERTAKING_LIMIT_MS,
  );

  it("is not held by a process that only has the dead holder's id", () => {
    const path = join(temporaryFolder(), "a.lock");
    writeFileSync(`${path}.1`, JSON.stringify({ pid: process.pid, identity: "another boot/1" }));
    expect(lockHolder(path)).toBeUndefined();
    expect(tryLock(path).release).toBeDefined();
    expect(lockHolder(path)).toMatchObject({ pid: process.pid, identity: identityOf(process.pid) });
  });

  it("is held as long as its holder's id runs, where a process has no more than its id to be told by", () => {
    const path = join(temporaryFolder(), "a.lock");
    writeFileSync(`${path}.1`, JSON.stringify({ pid: process.pid }));
    expect(tryLock(path)).toMatchObject({ holder: { pid: process.pid } });
    const { pid: ended } = spawnSync(process.execPath, ["-e", ""]);
    writeFileSync(`${path}.1`, JSON.stringify({ pid: ended }));
    expect(tryLock(path).release).toBeDefined();
  });

  it("is taken though a process with this id was killed while it took it, as in a container that is started again", () => {
    const path = join(temporaryFolder(), "a.lock");
    const program = (isKilled: boolean) => `
      import fs from "node:fs";
      import { syncBuiltinESMExports } from "node:module";
      if (${isKilled}) fs.linkSync = () => process.exit(9);
      syncBuiltinESMExports();
      const { tryLock } = await import(${JSON.stringify(join(process.cwd(), "tools/start/lock.mjs"))});
      process.stdout.write(process.pid + (tryLock(${JSON.stringify(path)}).release ? " won" : " lost"));
    `;
    const namespace = process.getuid?.() === 0 ? [] : ["--map-root-user"];
    const run = (isKilled: boolean) =>
      spawnSync(
        "unshare",
        [...namespace, "--pid", "--fork", process.execPath, "--input-type=module", "-e", program(isKilled)],
        { encoding: "utf8" },
      );
    expect(run(true).status).toBe(9);
    expect(readdirSync(dirname(path))).toHaveLength(1);
    expect(run(false)).toMatchObject({ stdout: "1 won", stderr: "" });
  });

  it("leaves no file behind when it is lost", () => {
    const folder = temporaryFolder();
    const path = join(folder, "a.lock");
    tryLock(path);
    tryLock(path);
    expect(readdirSync(folder)).toEqual(["a.lock.1"]);
  });

  it("is given back by emptying its file: a full disk refuses a new one, and a folder that was removed stays so", () => {
    const path = join(temporaryFolder(), "folder", "a.lock");
    const { release } = tryLock(path);
    const { ino } = statSync(`${path}.1`);
    release?.();
    expect(statSync(`${path}.1`)).toMatchObject({ ino, size: 0 });

    const removed = tryLock(path);
    rmSync(dirname(path), { recursive: true });
    removed.release?.();
    expect(existsSync(dirname(path))).toBe(false);
  });

  it("is not given back a second time when another has it by then", () => {
    const path = join(temporaryFolder(), "folder", "a.lock");
    const first = tryLock(path);
    rmSync(dirname(path), { recursive: true });
    tryLock(path);
    first.release?.();
    expect(lockHolder(path)).toMatchObject({ pid: process.pid });
  });
});

describe("a lock file without a number, as earlier versions made", () => {
  const earlier = (holder: object) => {
    const path = join(temporaryFolder(), "a.lock");
    writeFileSync(path, JSON.stringify(holder));
    return path;
  };
  const living = { pid: process.pid, identity: identityOf(process.pid), startTicks: processStartTicks(process.pid) };
  const withLocalnetLock = (path: string) => {
    const stop = new AbortController();
    const onWait = (pid: number) => stop.abort(`waits for ${pid}`);
    const files = withFileLock({ path, onWait, signal: stop.signal }, async () => readdirSync(dirname(path)));
    return files.catch((thrown) => (stop.signal.aborted ? stop.signal.reason : Promise.reject(thrown)));
  };

  it.each([
    { name: "a holder that has ended", holder: { ...living, identity: "another boot/1", startTicks: "1" } },
    { name: "no holder", holder: {} },
  ])("of $name is passed over and removed", async ({ holder }) => {
    const path = earlier(holder);
    expect(lockHolder(path)).toBeUndefined();
    expect(tryLock(path).release).toBeDefined();
    expect(readdirSync(dirname(path))).toEqual(["a.lock.1"]);
    expect(await withLocalnetLock(earlier(holder))).toEqual(["a.lock.1"]);
  });

  it("of a holder that runs is respected", async () => {
    const path = earlier(living);
    expect(lockHolder(path)).toMatchObject({ pid: process.pid });
    expect(tryLock(path)).toMatchObject({ holder: { pid: process.pid } });
    expect(await withLocalnetLock(path)).toBe(`waits for ${process.pid}`);
    expect(readdirSync(dirname(path))).toEqual(["a.lock"]);
  });
});

describe("the record of a process", () => {
  it("does not fit another user's later process with its id", () => {
    const folder = temporaryFolder();
    for (const path of ["devnet/file-lock.mjs", "lib/os"]) cpSync(path, join(folder, path), { recursive: true });
    const program = `
      const { isProcessAlive, processStartTicks } = await import(${JSON.stringify(join(folder, "devnet/file-lock.mjs"))});
      const record = (startTicks) => isProcessAlive({ pid: 1, startTicks });
      process.stdout.write(JSON.stringify([record("a later one"), record(processStartTicks(1))]));
    `;
    const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const output = execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: folder, ...user });
    expect(JSON.parse(String(output))).toEqual([false, true]);
  });
});
