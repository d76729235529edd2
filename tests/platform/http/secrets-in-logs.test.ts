import { afterAll, beforeAll, expect, it } from "vitest";
import { createPerson } from "../../support/factories/identity";
import { callApi } from "../../support/http-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { createTestWallet } from "../../support/test-wallet";

const logLines: string[] = [];
let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime({ logLines });
});
afterAll(() => runtime.close());

it("keeps every token, signature and secret out of the log, whatever goes wrong (ASVS 16.2.5)", async () => {
  const person = await createPerson(runtime);
  const bearer = person.accessToken;
  const created = await callApi("POST", "/api/v1/api-tokens", { bearer, json: { name: "x", scopes: ["chain:read"] } });
  const wrong = await (await createTestWallet()).signArbitrary("x");
  const wrongToken = `${bearer.slice(0, -1)}${bearer.endsWith("0") ? "1" : "0"}`;
  await callApi("GET", "/api/v1/auth/verify", { bearer: wrongToken });
  await callApi("POST", "/api/v1/auth/token", {
    json: { walletAddress: person.wallet.address, nonce: "0".repeat(32), ...wrong },
  });
  const refreshed = await callApi("POST", "/api/v1/auth/token/refresh", {
    json: { refreshToken: person.refreshToken },
  });
  await callApi("POST", "/api/v1/auth/token/refresh", { json: { refreshToken: person.refreshToken } });
  // A failure of the kind that logs everything it knows.
  await runtime.db.execute("drop table api_tokens");
  expect((await callApi("GET", "/api/v1/api-tokens", { bearer: created.body.token })).status).toBe(500);

  const log = logLines.join("\n");
  expect(log).toContain("identity.sign_in.refused");
  expect(log).toContain("http.request.refused");
  const secrets = {
    bearer,
    wrongToken,
    refreshToken: person.refreshToken,
    newAccess: refreshed.body.accessToken,
    newRefresh: refreshed.body.refreshToken,
    apiToken: created.body.token,
    signature: wrong.signature,
    authSecret: runtime.settings.authSecret,
    metricsToken: runtime.settings.metricsToken,
  };
  const leaked = Object.entries(secrets).filter(([, secret]) => log.includes(secret));
  expect(leaked.map(([name]) => name)).toEqual([]);
});
