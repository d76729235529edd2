import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiToken, inviteMember } from "@/server/domains/identity";
import { dumpOf, formsOfSecret } from "../../support/database-dump";
import { createPerson } from "../../support/factories/identity";
import { callApi } from "../../support/http-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { createTestWallet } from "../../support/test-wallet";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
});
afterAll(() => runtime.close());

describe("a stolen dump of the database", () => {
  it("holds no token that lets anybody in, and no key of a wallet", async () => {
    const person = await createPerson(runtime);
    const { token } = await createApiToken(await person.ctx(), { name: "a key", scopes: ["validators:read"] });
    if (token === null) throw new Error("no token was given");
    const guest = await createTestWallet();
    await inviteMember(await person.ctx(), { walletAddress: guest.address, role: "viewer" });
    const refreshed = await callApi("POST", "/api/v1/auth/token/refresh", {
      json: { refreshToken: person.refreshToken },
    });
    expect(refreshed.status).toBe(200);

    const text = await dumpOf(runtime);
    // It is the whole database, and it is searched rightly: what is no secret is in it.
    expect(text).toContain(person.wallet.address);
    const secrets = [person.accessToken, person.refreshToken, token, ...tokensIn(refreshed.body)];
    expect(secrets.length).toBeGreaterThanOrEqual(5);
    for (const secret of secrets) {
      for (const form of formsOfSecret(secret)) expect(text).not.toContain(form);
    }
  });

  it("lets nobody in by what it holds instead: a hash is no token", async () => {
    await createPerson(runtime);
    const hashes = [...new Set((await dumpOf(runtime)).match(/\b[0-9a-f]{64}\b/g))];
    expect(hashes.length).toBeGreaterThan(0);
    for (const hash of hashes.slice(0, 20)) {
      expect((await callApi("GET", "/api/v1/auth/verify", { bearer: hash })).status).toBe(401);
    }
  });
});

const tokensIn = (body: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(body).flatMap(([name, value]) => (/token$/i.test(name) && typeof value === "string" ? [value] : []));
