import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { domains } from "@/server/domains/domains";
import { stepTitlesOf } from "@/server/kernel/work/step-titles";

/** What a durable function was declared with, as far as the rules read it. */
type Declared = {
  readonly id: string;
  readonly triggers?: readonly unknown[];
  readonly retries?: number;
  readonly concurrency?: unknown;
};

/** Each finding names the function; an option that is left out is the engine's choice, and somebody's surprise. */
function findings(functions: readonly Declared[]): string[] {
  const ids = functions.map(({ id }) => id);
  return functions.flatMap(({ id, triggers, retries, concurrency }) => [
    ...(/^[a-z]+\.[a-z]+(-[a-z]+)*$/.test(id) ? [] : [`${id} is not named <domain>.<verb>`]),
    ...(ids.filter((other) => other === id).length === 1 ? [] : [`${id} is the name of two`]),
    ...(triggers !== undefined && triggers.length > 0 ? [] : [`${id} has no trigger`]),
    ...(retries === undefined ? [`${id} does not say how often it is tried again`] : []),
    ...(concurrency === undefined ? [`${id} does not say how many of it may run at once`] : []),
  ]);
}

async function loadFunctions(): Promise<readonly Declared[]> {
  const { functions } = await import("@/inngest/functions");
  return functions.map((one) => (one as unknown as { opts: Declared }).opts);
}

beforeAll(() => {
  vi.stubEnv("DATABASE_URL", "postgres://localhost/none");
  vi.stubEnv("AUTH_SECRET", "0123456789abcdef0123456789abcdef");
  vi.stubEnv("METRICS_TOKEN", "0123456789abcdef0123456789abcdef");
  vi.stubEnv("SECRETS_KEK_BASE64", Buffer.alloc(32).toString("base64"));
  vi.stubEnv("INNGEST_EVENT_KEY", "0123456789");
  vi.stubEnv("INNGEST_SIGNING_KEY", "signkey-prod-00");
});
afterAll(() => {
  vi.unstubAllEnvs();
});

describe("durable functions", () => {
  it("say their name, trigger, retries and concurrency", async () => {
    const functions = await loadFunctions();
    expect(functions.length).toBeGreaterThanOrEqual(7);
    expect(findings(functions)).toEqual([]);
  });

  it("keep the names and hours by which an engine knows what ran before this release", async () => {
    const ticks = (await loadFunctions()).flatMap(({ id, triggers }) =>
      (triggers ?? []).map((trigger) => [id, (trigger as { readonly cron?: string }).cron]),
    );
    expect(Object.fromEntries(ticks)).toMatchObject({
      "system.beat-jobs": "* * * * *",
      "identity.anchor-audit": "*/10 * * * *",
      "identity.prune-expired-rows": "23 * * * *",
      "chain.sweep-transactions": "* * * * *",
      "validators.sweep": "* * * * *",
      "validators.sweep-orphans": "*/15 * * * *",
      "validators.provision-sweep": "* * * * *",
    });
  });
});

describe("what an operator reads of a run", () => {
  it("is there for each function that a domain declares", async () => {
    const ids = (await loadFunctions()).map(({ id }) => id).filter((id) => !id.startsWith("system."));
    const titles = stepTitlesOf(domains);
    expect(Object.keys(titles).sort()).toEqual([...ids].sort());
    expect(ids.filter((id) => Object.keys(titles[id] ?? {}).length === 0)).toEqual([]);
    expect(titles["validators.sweep"]).toEqual({
      chain: "Hold requests that wait for the chain against it",
      unsigned: "Give back nodes that nobody signed for in time",
      retired: "End validators that the chain has no more, and stop nodes that can never sign again",
      "first-signed": "Note the first block that each new validator signed",
    });
  });
});

describe("the rule", () => {
  const whole: Declared = { id: "fog.run-job", triggers: [{}], retries: 3, concurrency: [{ limit: 1 }] };

  it.each([
    ["a name without its domain", [{ ...whole, id: "runJob" }]],
    ["no trigger", [{ ...whole, triggers: [] }]],
    ["retries left to the engine", [{ id: whole.id, triggers: [{}], concurrency: [{ limit: 1 }] }]],
    ["concurrency left to the engine", [{ id: whole.id, triggers: [{}], retries: 0 }]],
  ])("finds %s", (_, functions) => {
    expect(findings(functions)).toHaveLength(1);
  });

  it("finds two of a name, and lets a whole one stand", () => {
    expect(findings([whole, whole])).toHaveLength(2);
    expect(findings([whole])).toEqual([]);
  });
});
