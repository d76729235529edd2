import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

/** A module with a lock between processes, and how a program takes it: says `won` as soon as it holds it and `lost` when another does. */
export type LockMaker = { readonly file: string; readonly take: string };

export const LAUNCHER_LOCK: LockMaker = {
  file: "tools/start/lock.mjs",
  take: `say(lock.tryLock(path).release ? "won" : "lost")`,
};
export const DEVNET_LOCK: LockMaker = {
  file: "devnet/file-lock.mjs",
  take: `void lock.withFileLock({ path, onWait: () => say("lost") }, () => (say("won"), new Promise(() => {})))`,
};

/** Every synchronous call by which such a module may look at files or change them. */
const FILE_CALLS = [
  "linkSync",
  "mkdirSync",
  "openSync",
  "readdirSync",
  "readFileSync",
  "renameSync",
  "rmSync",
  "truncateSync",
  "writeFileSync",
];

// It blocks in the very call before which it stops, as a process does that the system lets wait there, and it lives until it is killed.
const program = ({ file, take }: LockMaker) => `
  import fs from "node:fs";
  import { syncBuiltinESMExports } from "node:module";
  import { dirname } from "node:path";
  const [path, ...stops] = process.argv.slice(1);
  const say = (word) => fs.writeSync(1, word + "\\n");
  const { readSync } = fs;
  let calls = 0;
  for (const name of ${JSON.stringify(FILE_CALLS)}) {
    const call = fs[name];
    fs[name] = (...args) => {
      if (String(args[0]).startsWith(dirname(path)) && stops.includes(String((calls += 1)))) {
        say("stopped");
        readSync(0, Buffer.alloc(1));
      }
      return call(...args);
    };
  }
  syncBuiltinESMExports();
  const lock = await import(${JSON.stringify(pathToFileURL(join(process.cwd(), file)).href)});
  ${take};
  process.stdin.resume();
`;

/** A process that tries to take a lock and keeps what it got. */
export type Contender = {
  /** What it says next: `stopped` before a call of `stops`, then `won` or `lost`. */
  readonly next: () => Promise<string>;
  readonly goOn: () => void;
  /** Ends it as kill -9 does. */
  readonly kill: () => Promise<void>;
};

/** Starts one; it stops before its calls of these numbers, counted from one, that name something in the lock's folder. */
export function contend(maker: LockMaker, path: string, stops: readonly number[] = []): Contender {
  const child = spawn(process.execPath, ["--input-type=module", "-e", program(maker), path, ...stops.map(String)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const closed = once(child, "close");
  const words = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    next: async () => {
      const { value, done } = await words.next();
      if (done) throw new Error("the contender ended without an answer");
      return value;
    },
    goOn: () => void child.stdin.write("\n"),
    kill: async () => {
      child.kill("SIGKILL");
      await closed;
    },
  };
}
