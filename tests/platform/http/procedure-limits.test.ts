import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RATE_LIMIT_CLASSES } from "@/server/http/rate-limit-classes";
import { handleTrpcRequest } from "@/server/trpc/handle-trpc-request";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { apiRequest, callApi, freshIpAddress } from "../../support/http-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
let person: SignedInPerson;
beforeAll(async () => {
  runtime = await createTestRuntime();
  person = await createPerson(runtime);
});
afterAll(() => runtime.close());

const procedure = (path: string, json: unknown, ipAddress: string, bearer = person.accessToken) =>
  handleTrpcRequest(apiRequest("POST", `/api/trpc/${path}`, { bearer, ipAddress, json }));

const statuses = (answers: readonly { status: number }[]) => answers.map(({ status }) => status);
const times = <Out>(count: number, ask: () => Promise<Out>) => Promise.all(Array.from({ length: count }, ask));

describe("a procedure of a stricter class", () => {
  let drip: { networkId: string; address: string };
  beforeAll(() => {
    drip = { networkId: "net_01890000-0000-7000-8000-000000000000", address: person.wallet.address };
  });
  const limit = RATE_LIMIT_CLASSES.faucet.perAnonymousIp;

  it("asks the faucet as often as the REST route may, and from the same bucket", async () => {
    const ipAddress = freshIpAddress();
    const first = await times(limit, () => procedure("chain.requestDrip", drip, ipAddress));
    expect(new Set(statuses(first))).toEqual(new Set([404]));
    const next = await procedure("chain.requestDrip", drip, ipAddress);
    expect(next.status).toBe(429);
    const { error } = (await next.json()) as { error: { data: { appError: { code: string } } } };
    expect(error.data.appError.code).toBe("http.rate_limited");

    const byRest = await callApi("POST", "/api/v1/faucet", { bearer: person.accessToken, ipAddress, json: drip });
    expect(byRest.status).toBe(429);
    const other = await createPerson(runtime);
    expect((await procedure("chain.requestDrip", drip, ipAddress, other.accessToken)).status).toBe(429);
    expect((await procedure("chain.requestDrip", drip, freshIpAddress())).status).toBe(404);
  });

  it("gives ten statements to sign a minute, and no more", async () => {
    const ipAddress = freshIpAddress();
    const input = { address: person.wallet.address };
    const answers = await times(RATE_LIMIT_CLASSES.auth.perAnonymousIp + 2, () =>
      procedure("identity.challenge", input, ipAddress),
    );
    expect(statuses(answers).filter((status) => status === 200)).toHaveLength(RATE_LIMIT_CLASSES.auth.perAnonymousIp);
    expect(statuses(answers).filter((status) => status === 429)).toHaveLength(2);
  });

  it.each([
    "identity%2Echallenge",
    "identity.%63hallenge",
    "identity.challenge/",
    "/identity.challenge",
    "identity.challenge%2F",
    "%E0%A4",
  ])("is not called as %s, which would have another rule", async (path) => {
    const answer = await procedure(path, { address: person.wallet.address }, freshIpAddress());
    const { error } = (await answer.json()) as { error: { data: { code: string } } };
    expect([answer.status, error.data.code]).toEqual([404, "NOT_FOUND"]);
  });
});
