import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as badgeOf } from "@/app/(marketing)/v/[operator]/badge.svg/route";
import { auditEvents } from "@/db/schema/system";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createRecordedNetwork, createWatchedValidator } from "../../support/factories/watched-validator";
import { apiRequest, callApi } from "../../support/http-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
let owner: SignedInPerson;
let stranger: SignedInPerson;
let validator: Awaited<ReturnType<typeof createWatchedValidator>>;
const NAME = 'Light & "house" <script>';
beforeAll(async () => {
  runtime = await createTestRuntime();
  const { networkId } = await createRecordedNetwork(runtime);
  owner = await createPerson(runtime);
  stranger = await createPerson(runtime);
  validator = await createWatchedValidator(runtime, owner, networkId, NAME);
  await validator.show({}, new Date());
});
afterAll(() => runtime.close());

const NOBODY = "omnivaloper1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqtmwtxz";
const badge = (operatorAddress: string, method = "GET") =>
  badgeOf(apiRequest(method, `/v/${operatorAddress}/badge.svg`));
const page = (operatorAddress: string) => callApi("GET", `/api/v1/validators/public/${operatorAddress}`);
const publish = (isPublic: boolean, person = owner) =>
  callApi("POST", `/api/v1/validators/setup-requests/${validator.setupRequestId}/public-page`, {
    bearer: person.accessToken,
    json: { isPublic },
  });

/** What is told of a refusal, without what differs from one request to the next. */
async function refusalOf(response: Response) {
  const { instance: _, ...problem } = (await response.json()) as Record<string, unknown>;
  return { status: response.status, problem };
}

describe("a page that its organisation has not published", () => {
  it("is answered in the very words of one that nobody has, and so is its badge", async () => {
    const [own, nobodys] = [await page(validator.operatorAddress), await page(NOBODY)];
    expect([own.status, own.body.code]).toEqual([404, "validators.public_validator_not_found"]);
    expect({ ...own.body, instance: "" }).toEqual({ ...nobodys.body, instance: "" });
    const ownBadge = await refusalOf(await badge(validator.operatorAddress));
    expect(ownBadge.status).toBe(404);
    expect(ownBadge).toEqual(await refusalOf(await badge(NOBODY)));
  });

  it("cannot be published by another organisation, to which it does not exist", async () => {
    expect((await publish(true, stranger)).status).toBe(404);
    expect((await page(validator.operatorAddress)).status).toBe(404);
  });
});

describe("a page that is published", () => {
  beforeAll(async () => {
    expect((await publish(true)).status).toBe(200);
  });

  it("tells the chain's word and nothing of the node, its place or its owners", async () => {
    const { status, body } = await page(validator.operatorAddress);
    expect([status, body.standing.state, body.moniker]).toEqual([200, "signing", NAME]);
    const told = JSON.stringify(body);
    for (const secret of [owner.organizationId, validator.setupRequestId, validator.nodeId, "us-east", "nodeState"]) {
      expect(told).not.toContain(secret);
    }
  });

  it("has a badge that others may embed and keep for a minute, without a script, and with the name as text", async () => {
    const response = await badge(validator.operatorAddress);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("image/svg+xml; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("public, max-age=60");
    expect(response.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    const svg = await response.text();
    expect(svg).toContain(">Signing</text>");
    expect(svg).toMatch(/as of \d+ \w+ \d{4}/);
    expect(svg).toContain("Light &amp; &quot;house&quot; &lt;script&gt;");
    expect(svg).not.toContain("<script");
  });

  it("has a badge that says unknown once the watcher is behind", async () => {
    await validator.show({}, new Date(Date.now() - 3_600_000));
    expect(await (await badge(validator.operatorAddress)).text()).toContain(">Not known</text>");
    await validator.show({ validator: { jailed: true } }, new Date());
    expect(await (await badge(validator.operatorAddress)).text()).toContain(">Jailed</text>");
  });

  it("answers a badge to GET alone, and to HEAD without it", async () => {
    expect((await badge(validator.operatorAddress, "POST")).status).toBe(405);
    expect((await badge(validator.operatorAddress, "HEAD")).status).toBe(200);
  });

  it("is taken down again, and both acts are in the audit log once each", async () => {
    expect((await publish(true)).status).toBe(200);
    expect((await publish(false)).body.publishedAt).toBeNull();
    expect((await page(validator.operatorAddress)).status).toBe(404);
    expect((await badge(validator.operatorAddress)).status).toBe(404);
    const rows = await runtime.db
      .select({ action: auditEvents.action, details: auditEvents.details })
      .from(auditEvents)
      .where(eq(auditEvents.targetId, validator.setupRequestId));
    const acts = rows.filter(({ action }) => action.startsWith("validators.public_page."));
    expect(acts.map(({ action, details }) => [action, details])).toEqual([
      ["validators.public_page.published", { isChanged: true }],
      ["validators.public_page.published", { isChanged: false }],
      ["validators.public_page.taken_down", { isChanged: true }],
    ]);
  });
});
