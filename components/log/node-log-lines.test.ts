import { describe, expect, it } from "vitest";
import { appendTail, EMPTY_NODE_LOG, type HostLine } from "./node-log-lines";

const line = (second: number, text = `2:0${second}PM INF block ${second}`): HostLine => ({
  at: `2026-01-01T00:00:0${second}.000Z`,
  stream: "stderr",
  text,
});

describe("a node's log that is read again and again", () => {
  it("grows by what is new, and ids rise", () => {
    const first = appendTail(EMPTY_NODE_LOG, [line(1), line(2)]);
    const second = appendTail(first, [line(2), line(3)]);
    expect(second.lines.map(({ id, text }) => [id, text])).toEqual([
      [1, "block 1"],
      [2, "block 2"],
      [3, "block 3"],
    ]);
    expect(appendTail(second, [line(2), line(3)]).lines).toBe(second.lines);
  });

  it("keeps lines that repeat word for word at the same instant", () => {
    const first = appendTail(EMPTY_NODE_LOG, [line(1), line(1)]);
    expect(first.lines).toHaveLength(2);
    expect(appendTail(first, [line(1), line(1), line(1)]).lines).toHaveLength(3);
  });

  it("takes a tail that no longer overlaps as it is", () => {
    const first = appendTail(EMPTY_NODE_LOG, [line(1)]);
    expect(appendTail(first, [line(5), line(6)]).lines.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it.each([
    ["2:01PM ERR dial failed", "error", "dial failed"],
    ["panic: no space left", "error", "panic: no space left"],
    ["2:01PM WRN slow peer", "warn", "slow peer"],
    ["2:01PM DBG received", "debug", "received"],
    ["2:01PM INF executed block", "info", "executed block"],
    ["starting ABCI", "info", "starting ABCI"],
    ["2026-01-01T00:00:01Z INF executed block", "info", "executed block"],
    ["\u001b[90m2:01PM\u001b[0m \u001b[31mERR\u001b[0m no peers", "error", "no peers"],
    ["2:01PM XYZ not a level", "info", "2:01PM XYZ not a level"],
  ])("reads the level of %j", (text, level, message) => {
    expect(appendTail(EMPTY_NODE_LOG, [line(1, text)]).lines[0]).toMatchObject({ level, text: message });
  });
});
