import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "./checkout";
import { launcherModule } from "./launcher-module";

type Lock = {
  tryLock(path: string, facts?: object): { release?: () => void; holder?: { pid: number; port?: number } };
  lockHolder(path: string): { pid: number } | undefined;
};

const { tryLock, lockHolder } = await launcherModule<Lock>("start/lock");

/** A process that tries once, says whether it got the lock, and keeps it until its input ends. */
const CONTENDER = `
  import { tryLock } from ${JSON.stringify(join(process.cwd(), "tools/start/lock.mjs"))};
  const { release } = tryLock(process.argv[1]);
  process.stdout.write(release ? "won" : "lost");
  process.stdin.resume();
`;

async function contend(path: string) {
  const child = spawn(process.execPath, ["--input-type=module", "-e", CONTENDER, path], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const answer = await new Promise<string>((resolve) => child.stdout.once("data", (data) => resolve(String(data))));
  return {
    answer,
    end: () =>
      new Promise<void>((resolve) => {
        child.once("close", () => resolve());
        child.kill("SIGKILL");
      }),
  };
}

/** A lock file whose holder was killed. */
async function deadLock() {
  const path = join(temporaryFolder(), "a.lock");
  const holder = await contend(path);
  expect(holder.answer).toBe("won");
  await holder.end();
  expect(existsSync(path)).toBe(true);
  return path;
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
    const contenders = await Promise.all(Array.from({ length: 8 }, () => contend(path)));
    const answers = contenders.map(({ answer }) => answer);
    await Promise.all(contenders.map(({ end }) => end()));
    expect(answers.filter((answer) => answer === "won")).toHaveLength(1);
  });

  it("is not held by a process that only has the dead holder's id", () => {
    const path = join(temporaryFolder(), "a.lock");
    writeFileSync(path, JSON.stringify({ pid: process.pid, identity: "another boot/1" }));
    expect(lockHolder(path)).toBeUndefined();
    expect(tryLock(path).release).toBeDefined();
    expect(JSON.parse(readFileSync(path, "utf8")).identity).not.toBe("another boot/1");
  });

  it("leaves no file behind when it is lost", () => {
    const folder = temporaryFolder();
    const path = join(folder, "a.lock");
    tryLock(path);
    tryLock(path);
    expect(spawnSync("ls", ["-A", folder], { encoding: "utf8" }).stdout.trim()).toBe("a.lock");
  });
});
