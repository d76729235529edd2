import { expect, it } from "vitest";
import { serverSentence } from "./server-sentence";

const busy: Parameters<typeof serverSentence>[0] = {
  status: "degraded",
  placement: "open",
  nodes: [],
  cpuPercent: 99,
  memoryPercent: 26,
  diskPercent: 73,
};

it.each<[Partial<Parameters<typeof serverSentence>[0]>, string]>([
  [{}, "Short of processor. It is open for new nodes. No node is on it."],
  [{ diskPercent: 91 }, "Short of processor and of disk. It is open for new nodes. No node is on it."],
  [
    { cpuPercent: null, memoryPercent: null, diskPercent: null },
    "Short of processor, memory or disk. It is open for new nodes. No node is on it.",
  ],
  [{ status: "active", cpuPercent: 12 }, "It is open for new nodes. No node is on it."],
])("says what a server with %j is short of", (change, expected) => {
  expect(serverSentence({ ...busy, ...change })).toBe(expected);
});
