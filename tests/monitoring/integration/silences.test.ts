import { afterAll, beforeAll, expect, it } from "vitest";
import { createSilence, listSilences } from "@/server/domains/monitoring";
import { MAX_SILENCES } from "@/server/domains/monitoring/constants";
import { createPerson } from "../../support/factories/identity";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
});
afterAll(() => runtime.close());

it("keeps an organisation to its number of silences, also where several are made at once", async () => {
  const owner = await createPerson(runtime);
  const endsAt = new Date(Date.now() + 3_600_000).toISOString();
  const silence = async () => createSilence(await owner.ctx(), { kind: "silence", reason: "A test.", endsAt });
  for (let made = 1; made < MAX_SILENCES; made += 1) await silence();
  const together = await Promise.allSettled(Array.from({ length: 12 }, silence));
  expect(together.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(together.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { code: "monitoring.too_many_silences" },
  });
  const { items } = await listSilences(await owner.ctx(), { limit: 100 });
  expect(items).toHaveLength(Math.min(100, MAX_SILENCES));
});
