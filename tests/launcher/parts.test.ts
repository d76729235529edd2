import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/bare-checkout";
import { launcherModule } from "./launcher-module";

type Log = { write(text: string): void; close(): void };
type LogOptions = { onProblem?: (error: { code: string }) => void; maximumBytes?: number };

const { openRotatingLog } = await launcherModule<{ openRotatingLog(path: string, options?: LogOptions): Log }>(
  "start/rotating-log",
);
const { isInstalled } = await launcherModule<{ isInstalled(folder: string): boolean }>("start/install");
const { hashSources } = await launcherModule<{ hashSources(folder: string): string }>("start/source-hash");
const { explainFailure } = await launcherModule<{
  explainFailure(error: unknown): { code: string; what: string; fix: string };
}>("start/failure");
const { runCommand } = await launcherModule<{
  runCommand(command: string, args: string[]): Promise<{ code: number; tail: string[] }>;
}>("start/run-command");
const { wantedNames } = await launcherModule<{ wantedNames(argv: string[]): string[] | undefined }>("test/wanted");

describe("a child's log", () => {
  it("is put aside when it is large, and three old ones are kept", () => {
    const path = join(temporaryFolder(), "web.log");
    const log = openRotatingLog(path, { maximumBytes: 10 });
    for (const word of ["first", "second", "third", "fourth", "fifth"]) log.write(`${word} ${"x".repeat(10)}\n`);
    log.close();
    expect(readFileSync(path, "utf8")).toContain("fifth");
    expect(readFileSync(`${path}.1`, "utf8")).toContain("fourth");
    expect(readFileSync(`${path}.3`, "utf8")).toContain("second");
    expect(existsSync(`${path}.4`)).toBe(false);
  });

  it("tells once that the disk is full and does not throw", () => {
    const problems: string[] = [];
    const log = openRotatingLog("/dev/full", { onProblem: (error) => problems.push(error.code) });
    log.write("one\n");
    log.write("two\n");
    log.close();
    expect(problems).toEqual(["ENOSPC"]);
  });
});

describe("installed dependencies", () => {
  const lock = (packages: object) => JSON.stringify({ lockfileVersion: 3, packages });
  const folderWith = (wanted: object, present: object | undefined) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "node_modules"));
    writeFileSync(join(folder, "package-lock.json"), lock({ "": {}, ...wanted }));
    if (present) writeFileSync(join(folder, "node_modules/.package-lock.json"), lock(present));
    return folder;
  };
  const pkg = { "node_modules/a": { version: "1.0.0" } };

  it.each([
    { name: "match when all are there", wanted: pkg, present: pkg, expected: true },
    { name: "do not match before the install has ended", wanted: pkg, present: undefined, expected: false },
    {
      name: "do not match in another version",
      wanted: pkg,
      present: { "node_modules/a": { version: "1.0.1" } },
      expected: false,
    },
    { name: "do not match when one is missing", wanted: pkg, present: {}, expected: false },
    { name: "do not match when one is left over", wanted: {}, present: pkg, expected: false },
    {
      name: "match without another platform's package",
      wanted: { ...pkg, "node_modules/b": { version: "1.0.0", optional: true } },
      present: pkg,
      expected: true,
    },
  ])("$name", ({ wanted, present, expected }) => {
    expect(isInstalled(folderWith(wanted, present))).toBe(expected);
  });
});

describe("the hash that decides on a build", () => {
  const sources = () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "server/kernel"), { recursive: true });
    writeFileSync(join(folder, "package.json"), "{}");
    writeFileSync(join(folder, "server/kernel/a.ts"), "export const a = 1;");
    return folder;
  };

  it("does not depend on where the checkout lies", () => {
    const [one, other] = [sources(), temporaryFolder()];
    cpSync(one, other, { recursive: true });
    expect(hashSources(other)).toBe(hashSources(one));
  });

  it.each([
    { name: "changes with a source", path: "server/kernel/a.ts", isChange: true },
    { name: "changes with a new source", path: "server/kernel/b.ts", isChange: true },
    { name: "changes with a configuration", path: "next.config.ts", isChange: true },
    { name: "stays with a test", path: "server/kernel/a.test.ts", isChange: false },
    { name: "stays with a document", path: "server/kernel/README.md", isChange: false },
    { name: "stays with what is no source", path: "notes.txt", isChange: false },
  ])("$name", ({ path, isChange }) => {
    const folder = sources();
    const before = hashSources(folder);
    writeFileSync(join(folder, path), "export const a = 2;");
    expect(hashSources(folder) !== before).toBe(isChange);
  });

  it("changes when a source is removed", () => {
    const folder = sources();
    const before = hashSources(folder);
    rmSync(join(folder, "server/kernel/a.ts"));
    expect(hashSources(folder)).not.toBe(before);
  });
});

describe("a failure's words", () => {
  it.each([
    { errno: "ENOSPC", code: "start.disk_full" },
    { errno: "EACCES", code: "start.not_permitted" },
    { errno: "EROFS", code: "start.not_permitted" },
  ])("say what to do about $errno and where", ({ errno, code }) => {
    const explained = explainFailure(Object.assign(new Error("x"), { code: errno, path: "/srv/data" }));
    expect(explained).toMatchObject({ code, what: expect.stringContaining("/srv/data") });
    expect(explained.fix).toContain("OMNIPHI_DATA_DIR");
  });
});

describe("a command", () => {
  it("ends when it ends, though a process that it left behind holds its output open", async () => {
    const { code, tail } = await runCommand("/bin/sh", ["-c", "sleep 600 & echo $!; exit 3"]);
    expect(process.kill(Number(tail[0]), "SIGKILL")).toBe(true);
    expect(code).toBe(3);
  });
});

describe("npm test -- --only", () => {
  it("takes names of checks", () => {
    expect(wantedNames([])).toBeUndefined();
    expect(wantedNames(["--only", "unit,meta"])).toEqual(["unit", "meta"]);
    expect(wantedNames(["--only=unit"])).toEqual(["unit"]);
  });

  it("refuses a name that would run nothing", () => {
    expect(() => wantedNames(["--only", "units"])).toThrow(/units/);
    expect(() => wantedNames(["--only"])).toThrow(/--only takes/);
  });
});
