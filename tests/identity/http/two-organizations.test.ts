import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ORGANIZATION_HEADER } from "@/lib/organization-header";
import { createApiToken, createOrganization } from "@/server/domains/identity";
import { handleTrpcRequest } from "@/server/trpc/handle-trpc-request";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { apiRequest, callApi } from "../../support/http-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
let person: SignedInPerson;
let stranger: SignedInPerson;
let team: { id: string; slug: string };
let strangers: { slug: string };
beforeAll(async () => {
  runtime = await createTestRuntime();
  person = await createPerson(runtime);
  stranger = await createPerson(runtime);
  team = await createOrganization(await person.ctx(), { name: "Acme" });
  strangers = await createOrganization(await stranger.ctx(), { name: "Strangers" });
});
afterAll(() => runtime.close());

const named = (slug: string) => ({ [ORGANIZATION_HEADER]: slug });

async function askTrpc(procedure: string, slug?: string) {
  const request = apiRequest("GET", `/api/trpc/${procedure}?input=%7B%7D`, {
    bearer: person.accessToken,
    ...(slug === undefined ? {} : { headers: named(slug) }),
  });
  const response = await handleTrpcRequest(request);
  return { status: response.status, body: (await response.json()) as { result?: { data: never }; error?: never } };
}

describe("one session", () => {
  it("works in two organisations at once, each request in the one that it names", async () => {
    const answers = await Promise.all([
      askTrpc("identity.listMembers", team.slug),
      askTrpc("identity.me"),
      askTrpc("identity.me", team.slug),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers[1]?.body.result?.data).toMatchObject({ organization: { id: person.organizationId } });
    expect(answers[2]?.body.result?.data).toMatchObject({ organization: { id: team.id, slug: "acme", role: "owner" } });
  });

  it("is told of an organisation that it does not work in what it is told of one that does not exist", async () => {
    const [ofOther, ofNobody, ofNonsense] = await Promise.all([
      askTrpc("identity.listMembers", strangers.slug),
      askTrpc("identity.listMembers", "nobody-has-this"),
      askTrpc("identity.listMembers", "../etc"),
    ]);
    const words = (answer: typeof ofOther) =>
      JSON.stringify(answer.body).replaceAll(/nobody-has-this|strangers|\.\.\/etc|req_[0-9a-f-]+/g, "…");
    expect([ofOther.status, ofNobody.status, ofNonsense.status]).toEqual([404, 404, 404]);
    expect(words(ofOther)).toBe(words(ofNobody));
    expect(words(ofOther)).toBe(words(ofNonsense));
  });

  it("names the organisation in the address where it can send no header", async () => {
    const byQuery = await callApi("GET", `/api/v1/api-tokens?organization=${strangers.slug}`, {
      bearer: person.accessToken,
    });
    expect(byQuery).toMatchObject({ status: 404, body: { code: "identity.organization_not_found" } });
    const own = await callApi("GET", `/api/v1/api-tokens?organization=${team.slug}`, {
      bearer: person.accessToken,
    });
    expect(own.status).toBe(200);
  });
});

describe("an API token", () => {
  it("works in the organisation that made it and in no other, whatever the request names", async () => {
    const { token } = await createApiToken(await person.ctx(), { name: "one", scopes: ["identity:read"] });
    const ask = (slug: string) => callApi("GET", "/api/v1/api-tokens", { bearer: token ?? "", headers: named(slug) });
    const { body } = await callApi("GET", "/api/v1/auth/verify", { bearer: person.accessToken });
    expect((await ask(body.organization.slug)).status).toBe(200);
    expect(await ask(team.slug)).toMatchObject({ status: 404, body: { code: "identity.organization_not_found" } });
  });
});
