import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { prometheusRules } from "@/server/domains/monitoring";
import { RULES } from "@/server/domains/monitoring/constants";
import { handleMetricsRequest } from "@/server/http/handle-metrics-request";
import { createPerson } from "../../support/factories/identity";
import { createRecordedNetwork, createWatchedValidator } from "../../support/factories/watched-validator";
import { apiRequest } from "../../support/http-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
  const { networkId } = await createRecordedNetwork(runtime);
  const owner = await createPerson(runtime);
  const validator = await createWatchedValidator(runtime, owner, networkId);
  await validator.show({ node: { lagBlocks: 7 } }, new Date());
});
afterAll(() => runtime.close());

type Rules = { groups: { rules: { alert: string; expr: string; for: string; labels: { severity: string } }[] }[] };
const metrics = async () => {
  const headers = { authorization: `Bearer ${runtime.settings.metricsToken}` };
  return (await handleMetricsRequest(apiRequest("GET", "/metrics", { headers }))).text();
};

describe("the rules for Prometheus", () => {
  it("are every rule, with its patience and severity, and the file of infra/", () => {
    const text = prometheusRules("https://cloud.example.org");
    const { groups } = parse(text) as Rules;
    const rules = groups.flatMap((group) => group.rules);
    expect(rules.map(({ for: patience, labels }) => [patience, labels.severity])).toEqual(
      RULES.map(({ forSeconds, severity }) => [`${forSeconds}s`, severity]),
    );
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(RULES.length);
    expect(readFileSync("infra/prometheus/omniphi-rules.yaml", "utf8")).toBe(text);
  });

  it("speak of series that /metrics has, and of no other", async () => {
    const told = await metrics();
    const named = RULES.flatMap(({ expression }) => expression.match(/omniphi_[a-z_]+/g) ?? []);
    expect(named.length).toBeGreaterThanOrEqual(RULES.length);
    for (const series of named) expect(told).toContain(`# TYPE ${series} gauge`);
  });

  it("are told what is measured, and nothing of what is not known", async () => {
    const told = await metrics();
    expect(told).toMatch(/omniphi_validator_blocks_behind\{[^}]*moniker="Lighthouse"[^}]*\} 7/);
    expect(told).toMatch(/omniphi_validator_up\{[^}]*\} 1/);
    expect(told).not.toMatch(/omniphi_validator_restarts_last_hour\{[^}]*\} [1-9]/);
  });
});
