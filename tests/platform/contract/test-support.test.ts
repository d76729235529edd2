import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "../../support/free-port";
import { folderOfRun } from "../../support/localnet";
import { readFakeChain, writeFakeChain } from "../../support/validators/fake-chains";

function temporary() {
  const directory = mkdtempSync(join(tmpdir(), "omniphi-test-support-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

describe("a free port", () => {
  it("is given to a test once, though what it is for does not listen yet", async () => {
    const ports: number[] = [];
    for (let count = 0; count < 400; count += 1) ports.push(await freePort());
    expect(new Set(ports).size).toBe(ports.length);
  });
});

describe("the fake chain's file", () => {
  it("is read whole by a process that opened it before it was written again", () => {
    const file = join(temporary(), "chain.json");
    writeFakeChain(file, { heightBlocks: 7 });
    const before = readFileSync(file, "utf8");
    const opened = openSync(file, "r");
    onTestFinished(() => closeSync(opened));
    writeFakeChain(file, { heightBlocks: 8, isDown: true });
    expect(readFileSync(opened, "utf8")).toBe(before);
    expect(readFakeChain(file)).toMatchObject({ heightBlocks: 8, isDown: true });
  });

  it("is the usual chain where there is none, and no chain where it is spoilt", () => {
    const file = join(temporary(), "chain.json");
    expect(readFakeChain(file)).toMatchObject({ heightBlocks: 100 });
    writeFileSync(file, "{");
    expect(() => readFakeChain(file)).toThrow(SyntaxError);
  });
});

describe("the folder of a run's local chain", () => {
  it("is the same for all files of the run and another for a later run with its process id", () => {
    const run = { pid: 77, identity: "a boot/100" };
    expect(folderOfRun({ ...run })).toBe(folderOfRun(run));
    expect(folderOfRun({ ...run, identity: "a boot/101" })).not.toBe(folderOfRun(run));
    expect(folderOfRun({ ...run, identity: "another boot/100" })).not.toBe(folderOfRun(run));
    expect(folderOfRun({ ...run, pid: 78 })).not.toBe(folderOfRun(run));
  });
});
