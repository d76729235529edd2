import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { timedOut, upstreamRejected } from "@/server/kernel/errors";
import { createDripQueue, type Drip } from "./drip-queue";

const newLock = () => join(mkdtempSync(join(tmpdir(), "omniphi-drips-")), "faucet.lock");
const asked = (count: number, name = "a"): Drip[] =>
  Array.from({ length: count }, (_, index) => ({ address: `${name}${index}`, amountBaseUnits: 1n }));

/** A chain that takes one transaction of the account at a time; another one at once is out of sequence. */
function account() {
  let isBusy = false;
  const sent: string[][] = [];
  return {
    sent,
    send: async (drips: readonly Drip[]) => {
      if (isBusy) throw new Error("account sequence mismatch");
      isBusy = true;
      // Long enough for every other caller to have its turn meanwhile.
      for (let turn = 0; turn < 50; turn += 1) await nextTurn();
      isBusy = false;
      sent.push(drips.map(({ address }) => address));
      return { txHash: String(sent.length) };
    },
  };
}

describe("a faucet that many ask at once", () => {
  it("pays all of eight callers in two processes, each once, and no two at the same time", async () => {
    const { send, sent } = account();
    const path = newLock();
    const newQueue = () => createDripQueue({ send, lockPath: () => path, waitMs: 5_000 });
    const [one, other] = [newQueue(), newQueue()];
    const drips = asked(8);
    const paid = await Promise.all(drips.map((drip, index) => (index % 2 === 0 ? one : other).drip(drip)));
    expect(paid.every(({ txHash }) => txHash !== "")).toBe(true);
    expect(sent.flat().sort()).toEqual(drips.map(({ address }) => address));
    // Those that wait go out together, or the last of many would wait for as many blocks.
    expect(sent.length).toBeLessThan(8);
  });

  it("pays the others when the chain refuses one of them", async () => {
    const { send } = account();
    const refusing = async (drips: readonly Drip[]) => {
      if (drips.some(({ address }) => address === "a2")) throw upstreamRejected("faucet.refused", "not that one");
      return send(drips);
    };
    const queue = createDripQueue({ send: refusing, lockPath: newLock, waitMs: 5_000 });
    const outcomes = await Promise.allSettled(asked(5).map((drip) => queue.drip(drip)));
    expect(outcomes.map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
  });

  it("sends nothing twice when nobody knows whether it was taken", async () => {
    let calls = 0;
    const lost = async () => {
      calls += 1;
      throw timedOut("faucet.timeout", "no word");
    };
    const queue = createDripQueue({ send: lost, lockPath: newLock, waitMs: 5_000 });
    const first = queue.drip({ address: "first", amountBaseUnits: 1n });
    const outcomes = await Promise.allSettled([first, ...asked(3).map((drip) => queue.drip(drip))]);
    expect(outcomes.every(({ status }) => status === "rejected")).toBe(true);
    expect(calls).toBeLessThanOrEqual(2);
  });

  it("tells who waits too long their place, and sends nothing for them", async () => {
    const sent: string[] = [];
    let letGo: (() => void) | undefined;
    const slow = async (drips: readonly Drip[]) => {
      sent.push(...drips.map(({ address }) => address));
      await new Promise<void>((resolve) => {
        letGo = resolve;
      });
      return { txHash: "1" };
    };
    const queue = createDripQueue({ send: slow, lockPath: newLock, waitMs: 50 });
    const first = queue.drip({ address: "first", amountBaseUnits: 1n });
    await expect.poll(() => sent).toEqual(["first"]);
    const others = await Promise.allSettled(asked(2).map((drip) => queue.drip(drip)));
    expect(others).toMatchObject([
      { status: "rejected", reason: { code: "faucet.busy", details: { place: 1 } } },
      { status: "rejected", reason: { code: "faucet.busy" } },
    ]);
    letGo?.();
    expect(await first).toEqual({ txHash: "1" });
    expect(sent).toEqual(["first"]);
  });
});
