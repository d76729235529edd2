import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { acquireLock, lockHolder } from "@/lib/os/generation-lock.mjs";
import { openNodeLog } from "@/server/adapters/process/node-log-writer.mjs";
import { followNodeLog, tailNodeLog } from "@/server/adapters/process/node-logs";
import { runInOtherProcess } from "./node-host-other-process";

const FACTS = { nodeId: "n", volumeId: "v" };
const temporary = (name: string) => mkdtempSync(join(tmpdir(), `omniphi-${name}-`));

describe("the signer lock", () => {
  it("is held by one process at a time, also when holders are killed without giving it back", async () => {
    const directory = temporary("lock");
    const counter = join(directory, "counter");
    writeFileSync(counter, "0");
    const [processes, rounds] = [6, 25];
    // Reading and writing apart from one another loses counts as soon as two processes are inside.
    const program = (isKilled: boolean) => `
      import { readFileSync, writeFileSync } from "node:fs";
      import { acquireLock } from "@/lib/os/generation-lock.mjs";
      const wait = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
      for (let done = 0; done < ${rounds}; ) {
        const { release } = acquireLock(${JSON.stringify(directory)}, "signer", ${JSON.stringify(FACTS)});
        if (!release) { wait(1); continue; }
        const seen = Number(readFileSync(${JSON.stringify(counter)}, "utf8"));
        wait(1);
        writeFileSync(${JSON.stringify(counter)}, String(seen + 1));
        done += 1;
        if (${isKilled} && done === ${rounds}) process.kill(process.pid, "SIGKILL");
        release();
      }
    `;
    await Promise.all(Array.from({ length: processes }, (_, index) => runInOtherProcess(program(index % 2 === 0))));
    expect(Number(readFileSync(counter, "utf8"))).toBe(processes * rounds);
    expect(lockHolder(directory, "signer")).toBeUndefined();
  });

  it("names its living holder and is free once given back", () => {
    const directory = temporary("lock");
    const first = acquireLock(directory, "signer", FACTS);
    expect(acquireLock(directory, "signer", FACTS)).toMatchObject({ holder: { pid: process.pid, nodeId: "n" } });
    first.release?.();
    expect(lockHolder(directory, "signer")).toBeUndefined();
    expect(acquireLock(directory, "signer", FACTS).release).toBeDefined();
  });
});

describe("the node's log", () => {
  it("is read and followed over its rotations without losing or repeating a line", async () => {
    const directory = temporary("log");
    const log = openNodeLog(join(directory, "node.log"), 2_000);
    const write = (from: number, to: number) => {
      for (let index = from; index < to; index += 1) log.write("stdout", `line ${index}`);
    };
    write(0, 60);
    const texts = (lines: readonly { text: string }[]) => lines.map(({ text }) => text);
    const expected = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => `line ${from + index}`);
    expect(texts(await tailNodeLog(directory, 50))).toEqual(expected(10, 60));

    // A lost line would leave the loop waiting: it ends in any case, and then the comparison fails.
    const stop = new AbortController();
    const limit = AbortSignal.any([stop.signal, AbortSignal.timeout(20_000)]);
    const seen: string[] = [];
    for await (const { text } of followNodeLog(directory, 5, limit)) {
      seen.push(text);
      if (seen.length === 5) write(60, 90);
      if (seen.length === 20) write(90, 120);
      if (seen.length === 65) stop.abort();
    }
    expect(seen).toEqual(expected(55, 120));
    log.close();
  });
});
