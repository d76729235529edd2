import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { validatorSetupRequests } from "@/db/schema/validators";
import { handleMetricsRequest } from "@/server/http/handle-metrics-request";
import { createPerson } from "../../support/factories/identity";
import { beatAt, createServer } from "../../support/factories/regions";
import { createTestSetup } from "../../support/factories/validators";
import { createRecordedNetwork, createWatchedValidator } from "../../support/factories/watched-validator";
import { apiRequest } from "../../support/http-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

const FOLDER = "infra/grafana/dashboards";
const MONIKER = "Lighthouse";

const Dashboard = z.object({
  uid: z.string().startsWith("omniphi-"),
  title: z.string().min(1),
  templating: z.object({ list: z.array(z.object({ name: z.string() })) }),
  panels: z
    .array(
      z.object({
        id: z.number().int(),
        title: z.string().min(1),
        gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
        targets: z.array(z.object({ refId: z.string(), expr: z.string().min(1) })).min(1),
      }),
    )
    .min(1),
});
const dashboards = readdirSync(FOLDER).map((file) => ({
  file,
  ...Dashboard.parse(JSON.parse(readFileSync(join(FOLDER, file), "utf8"))),
}));
const panels = dashboards.flatMap(({ file, panels: all }) => all.map((panel) => ({ file, ...panel })));

let runtime: TestRuntime;
let told = "";
const metrics = async () => {
  const headers = { authorization: `Bearer ${runtime.settings.metricsToken}` };
  return (await handleMetricsRequest(apiRequest("GET", "/metrics", { headers }))).text();
};
beforeAll(async () => {
  runtime = await createTestRuntime();
  const { networkId } = await createRecordedNetwork(runtime);
  const owner = await createPerson(runtime);
  const validator = await createWatchedValidator(runtime, owner, networkId, MONIKER);
  await validator.show({ node: { lagBlocks: 7 } }, new Date());
  const { setupRequestId } = await createTestSetup(await createPerson(runtime), networkId);
  await runtime.db
    .update(validatorSetupRequests)
    .set({ status: "configuring", provisioningStartedAt: new Date() })
    .where(eq(validatorSetupRequests.id, setupRequestId));
  await beatAt(runtime, await createServer(runtime, "eu-central"), "eu-central", new Date());
  // The first answer is counted in the second.
  await metrics();
  told = await metrics();
});
afterAll(() => runtime.close());

/** What an expression selects: series by name, with the labels that they must have. */
const selectors = (expression: string) =>
  [...expression.replaceAll("$moniker", MONIKER).matchAll(/\b(omniphi_[a-z_]+)(?:\{([^}]*)\})?/g)].map(
    ([, series = "", labels = ""]) => ({ series, labels: labels.split(",").filter((label) => label !== "") }),
  );

const samplesOf = (series: string, labels: readonly string[]) =>
  told
    .split("\n")
    .filter((line) => new RegExp(`^${series}[{ ]`).test(line) && labels.every((label) => line.includes(label)));

describe("the dashboards for Grafana", () => {
  it("are two, and no two panels of one have an id or a place in common", () => {
    expect(dashboards.map(({ file }) => file)).toEqual(["fleet.json", "validator.json"]);
    for (const { panels: own } of dashboards) {
      expect(new Set(own.map(({ id }) => id)).size).toBe(own.length);
      const cells = own.flatMap(({ gridPos: { x, y, w, h } }) =>
        Array.from({ length: w * h }, (_, place) => `${x + (place % w)},${y + Math.floor(place / w)}`),
      );
      expect(new Set(cells).size).toBe(cells.length);
    }
  });

  it.each(panels)("$file, $title: has what it draws, in an installation with a validator", ({ targets }) => {
    for (const { expr } of targets) {
      const wanted = selectors(expr);
      expect(wanted.length).toBeGreaterThan(0);
      for (const { series, labels } of wanted) expect(samplesOf(series, labels), expr).not.toEqual([]);
    }
  });
});
