import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readMachineHash } from "./machine-hash";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "omniphi-machine-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

const fileWith = (name: string, text: string): string => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};

it("is the same for one id and another for another, and never the id itself", () => {
  const id = "0123456789abcdef0123456789abcdef";
  const hash = readMachineHash([fileWith("a", `${id}\n`)]);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(hash).not.toContain(id);
  expect(readMachineHash([fileWith("b", id)])).toBe(hash);
  expect(readMachineHash([fileWith("c", id.replace("0", "f"))])).not.toBe(hash);
});

it("is unknown where no file has an id, as in a container whose image left it empty", () => {
  expect(readMachineHash([join(directory, "none"), fileWith("d", ""), fileWith("e", "uninitialized\n")])).toBeNull();
});
