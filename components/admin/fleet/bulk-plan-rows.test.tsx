import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { PlannedRow } from "@/server/domains/fleet/schemas";
import { BulkPlanRows } from "./bulk-plan-rows";
import { progressOf, runSentence } from "./bulk-words";

const row = (validatorName: string, change: Partial<PlannedRow> = {}): PlannedRow => ({
  setupRequestId: `val_${validatorName}`,
  nodeId: null,
  organizationId: "org_1",
  organizationName: "Acme",
  networkId: "net_1",
  validatorName,
  powerBaseUnits: "1",
  powerPercent: 2.5,
  price: "It misses about 60 blocks of 100 that are left before jail.",
  refusal: null,
  sentence: "Its node would be replaced; key and sign state stay.",
  ...change,
});

it("shows the refused first, each with its reason, and the price of the rest once", () => {
  const price = "It misses every block and is jailed after 100 blocks.";
  const refused = row("Beta", { refusal: "fleet.would_be_jailed", price, sentence: `${price} Leave it out.` });
  const shown = renderToStaticMarkup(
    <BulkPlanRows
      plan={{ act: "redeploy", rows: [row("Alpha"), refused], allowed: 1, refused: 1, confirmation: "redeploy 1 node" }}
    />,
  ).replace(/<[^>]*>/g, " ");
  expect(shown.indexOf("Beta")).toBeLessThan(shown.indexOf("Alpha"));
  expect(shown).toMatch(/1 would be done, 1 would not/);
  expect(shown.split(price)).toHaveLength(2);
  expect(shown).toContain("It misses about 60 blocks");
});

it("shows voting power that is there as more than none", () => {
  const rows = [
    row("Small", { powerPercent: 0, powerBaseUnits: "5000000" }),
    row("Out", { powerPercent: 0, powerBaseUnits: "0" }),
  ];
  const shown = renderToStaticMarkup(
    <BulkPlanRows plan={{ act: "stop", rows, allowed: 2, refused: 0, confirmation: "stop 2 nodes" }} />,
  ).replace(/\u00a0/g, " ");
  expect(shown.match(/[^>]* of the voting power/g)).toEqual([
    "&lt; 0.01 % of the voting power",
    "0 % of the voting power",
  ]);
});

it("counts only what there is", () => {
  const none = { waiting: 0, under_way: 0, done: 0, failed: 0, refused: 0, cancelled: 0 };
  expect(progressOf(none)).toBe("It has no nodes.");
  expect(progressOf({ ...none, done: 2, under_way: 1 })).toBe("1 under way, 2 done.");
  expect(runSentence("done", { ...none, done: 2 })).toBe("So are all of its nodes.");
  expect(runSentence("done", { ...none, done: 2, failed: 1 })).toBe("2 done, 1 failed.");
  expect(runSentence("running", { ...none, done: 2 })).toBe("2 done.");
});
