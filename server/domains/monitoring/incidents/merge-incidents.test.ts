import { expect, it } from "vitest";
import { mergeIncidents, type NetworkIncident } from "./merge-incidents";

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));
const incident = (from: number, to: number | null, over: Partial<NetworkIncident> = {}): NetworkIncident => ({
  rule: "no_new_blocks",
  subjectId: "net_1",
  subjectName: "Testnet",
  startedAt: at(from),
  resolvedAt: to === null ? null : at(to),
  ...over,
});
const spans = (rows: readonly NetworkIncident[]) =>
  mergeIncidents(rows).map(({ startedAt, endedAt }) => [startedAt.slice(11, 13), endedAt?.slice(11, 13) ?? null]);

it("tells what overlaps as one, whatever the order, and what does not as two, the newest first", () => {
  expect(spans([incident(2, 4), incident(1, 3), incident(4, 5)])).toEqual([["01", "05"]]);
  expect(spans([incident(1, 2), incident(3, 4)])).toEqual([
    ["03", "04"],
    ["01", "02"],
  ]);
});

it("goes on while one of them does", () => {
  expect(spans([incident(1, 3), incident(2, null), incident(9, 10)])).toEqual([["01", null]]);
});

it("keeps networks and rules apart, and names no organisation", () => {
  const rows = [incident(1, 3), incident(1, 3, { subjectId: "net_2" }), incident(1, 3, { rule: "chain_rpc_down" })];
  expect(mergeIncidents(rows)).toHaveLength(3);
  expect(Object.keys(mergeIncidents(rows)[0] ?? {})).toEqual(["title", "network", "startedAt", "endedAt"]);
});
