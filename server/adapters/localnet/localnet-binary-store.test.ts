import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { consensusTimeoutsOf } from "./localnet-binary-store";

it.each([100, 500, 1_000, 4_000])("gives our validators the pace of a chain of %i ms blocks", async (blockTimeMs) => {
  const file = pathToFileURL(join(process.cwd(), "devnet/localnet-params.mjs")).href;
  const { consensusTimeouts } = (await import(file)) as { consensusTimeouts(blockTimeMs: number): object };
  expect(consensusTimeoutsOf(blockTimeMs)).toEqual(consensusTimeouts(blockTimeMs));
});
