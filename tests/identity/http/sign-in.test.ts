import { makeSignDoc, serializeSignDoc } from "@cosmjs/amino";
import { fromBase64, toBase64 } from "@cosmjs/encoding";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sessions, users, wallets } from "@/db/schema/identity";
import { auditEvents } from "@/db/schema/system";
import { createPerson } from "../../support/factories/identity";
import { callApi, freshIpAddress } from "../../support/http-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { createTestWallet, type SignedStatement, type TestWallet } from "../../support/test-wallet";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
});
afterAll(() => runtime.close());

async function challenge(wallet: TestWallet) {
  const answer = await callApi("GET", `/api/v1/auth/challenge/${wallet.address}`);
  expect(answer.status).toBe(200);
  return answer.body as { nonce: string; messageToSign: string; expiresAt: string };
}

const token = (wallet: TestWallet, nonce: string, signed: SignedStatement, ipAddress = freshIpAddress()) =>
  callApi("POST", "/api/v1/auth/token", { json: { walletAddress: wallet.address, nonce, ...signed }, ipAddress });

describe("sign-in by wallet", () => {
  it("gives tokens for a statement signed as wallets sign it, and makes the person with their organisation", async () => {
    const wallet = await createTestWallet();
    const given = await challenge(wallet);
    expect(given.messageToSign.split("\n")).toEqual([
      "localhost:3000 wants you to sign in to Omniphi Cloud with your wallet:",
      wallet.address,
      "",
      "Signing proves that you hold this wallet. It costs nothing and sends no transaction.",
      "",
      "URI: http://localhost:3000",
      "Chain ID: omniphi-localnet-1",
      `Nonce: ${given.nonce}`,
      expect.stringMatching(/^Issued At: .+Z$/),
      `Expiration Time: ${given.expiresAt}`,
    ]);
    expect(given.nonce).toMatch(/^[0-9a-f]{32}$/);

    const answer = await token(wallet, given.nonce, await wallet.signArbitrary(given.messageToSign));
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      accessToken: expect.stringMatching(/^omnia_/),
      refreshToken: expect.stringMatching(/^omnir_/),
      tokenType: "Bearer",
      expiresIn: 900,
    });
    const me = await callApi("GET", "/api/v1/auth/verify", { bearer: answer.body.accessToken });
    expect(me.status).toBe(200);
    expect(me.body).toMatchObject({
      actor: "user",
      walletAddress: wallet.address,
      organization: { kind: "personal", role: "owner" },
    });
  });

  it("keeps no token, only hashes of them", async () => {
    const person = await createPerson(runtime);
    const rows = await runtime.db.select().from(sessions).where(eq(sessions.id, person.sessionId));
    expect(JSON.stringify(rows)).not.toContain(person.accessToken.slice(6));
    expect(rows[0]?.tokenHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("makes one person of two first sign-ins at once", async () => {
    const wallet = await createTestWallet();
    const [first, second] = [await challenge(wallet), await challenge(wallet)];
    const answers = await Promise.all(
      [first, second].map(async (one) => token(wallet, one.nonce, await wallet.signArbitrary(one.messageToSign))),
    );
    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
    expect(await runtime.db.select().from(wallets).where(eq(wallets.address, wallet.address))).toHaveLength(1);
  });

  it("lets exactly one of ten answers to one statement in", async () => {
    const wallet = await createTestWallet();
    const given = await challenge(wallet);
    const signed = await wallet.signArbitrary(given.messageToSign);
    const answers = await Promise.all(Array.from({ length: 10 }, () => token(wallet, given.nonce, signed)));
    const statuses = answers.map((answer) => answer.status).sort();
    expect(statuses).toEqual([200, ...Array(9).fill(401)]);
  });

  const wrongProofs: [string, (wallet: TestWallet, message: string) => Promise<Partial<SignedStatement> & object>][] = [
    ["another domain", (wallet, message) => wallet.signArbitrary(message.replace("localhost:3000", "evil.test"))],
    ["another nonce", (wallet, message) => wallet.signArbitrary(message.replace(/Nonce: ./, "Nonce: x"))],
    ["another address", async (wallet, message) => wallet.signArbitrary(message, (await createTestWallet()).address)],
    ["another wallet's key", async (_wallet, message) => (await createTestWallet()).signArbitrary(message)],
    ["the bare text instead of the ADR-036 document", (wallet, message) => wallet.signBytes(Buffer.from(message))],
    [
      "a transaction that carries the text as memo",
      (wallet, message) =>
        wallet.signBytes(
          serializeSignDoc(makeSignDoc([], { amount: [], gas: "0" }, "omniphi-localnet-1", message, "0", "0")),
        ),
    ],
    [
      "a signature with high s",
      async (wallet, message) => {
        const signed = await wallet.signArbitrary(message);
        const bytes = fromBase64(signed.signature);
        const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
        const low = BigInt(`0x${Buffer.from(bytes.slice(32)).toString("hex")}`);
        const high = Buffer.from((order - low).toString(16).padStart(64, "0"), "hex");
        return { ...signed, signature: toBase64(new Uint8Array([...bytes.slice(0, 32), ...high])) };
      },
    ],
    [
      "no signature at all",
      async (wallet, message) => ({ ...(await wallet.signArbitrary(message)), signature: "AA==" }),
    ],
  ];
  it.each(wrongProofs)("refuses a proof with %s, and the statement is spent", async (_name, prove) => {
    const wallet = await createTestWallet();
    const given = await challenge(wallet);
    const wrong = (await prove(wallet, given.messageToSign)) as SignedStatement;
    const answer = await token(wallet, given.nonce, wrong);
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ code: "auth.sign_in_refused", status: 401 });
    const right = await token(wallet, given.nonce, await wallet.signArbitrary(given.messageToSign));
    expect(right.status).toBe(401);
    expect(await runtime.db.select().from(wallets).where(eq(wallets.address, wallet.address))).toHaveLength(0);
  });

  it("refuses a statement that was issued to another address", async () => {
    const [mine, theirs] = [await createTestWallet(), await createTestWallet()];
    const given = await challenge(theirs);
    expect((await token(mine, given.nonce, await mine.signArbitrary(given.messageToSign))).status).toBe(401);
  });

  it("refuses a statement that is older than five minutes", async () => {
    const wallet = await createTestWallet();
    const given = await challenge(wallet);
    const signed = await wallet.signArbitrary(given.messageToSign);
    const { signIn } = await import("@/server/domains/identity");
    const late = await runtime.ctx({
      actor: { kind: "anonymous" },
      now: () => new Date(Date.parse(given.expiresAt) + 60_000),
    });
    await expect(
      signIn(late, { walletAddress: wallet.address, nonce: given.nonce, ...signed, kind: "api" }),
    ).rejects.toMatchObject({ kind: "unauthenticated", code: "auth.sign_in_refused" });
  });

  it.each([
    ["a broken checksum", (address: string) => `${address.slice(0, -1)}${address.endsWith("q") ? "p" : "q"}`],
    ["another chain's prefix", () => "cosmos1fl48vsnmsdzcv85q5d2q4z5ajdha8yu34mf0eh"],
    ["no address at all", () => "not-an-address"],
  ])("names the field for %s", async (_name, spoil) => {
    const wallet = await createTestWallet();
    const answer = await callApi("GET", `/api/v1/auth/challenge/${spoil(wallet.address)}`);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      code: "identity.wallet_address_invalid",
      errors: { address: [expect.any(String)] },
    });
  });

  it("answers the same for a known and an unknown address, so that nobody can be enumerated", async () => {
    const known = await createPerson(runtime);
    const unknown = await createTestWallet();
    const shape = (text: string, address: string) =>
      text.replaceAll(address, "A").replace(/Nonce: .+|Issued At: .+|Expiration Time: .+/g, "");
    const [a, b] = [await challenge(known.wallet), await challenge(unknown)];
    expect(shape(a.messageToSign, known.wallet.address)).toBe(shape(b.messageToSign, unknown.address));
    const wrong = await (await createTestWallet()).signArbitrary("x");
    const [refusedKnown, refusedUnknown] = [
      await token(known.wallet, a.nonce, wrong),
      await token(unknown, b.nonce, wrong),
    ];
    const comparable = ({ instance: _instance, ...rest }: Record<string, unknown>) => rest;
    expect(comparable(refusedKnown.body)).toEqual(comparable(refusedUnknown.body));
  });

  it("refuses the eleventh try in a minute from one address, by whatever wallet", async () => {
    const ipAddress = freshIpAddress();
    const wallet = await createTestWallet();
    const tries = [];
    for (let index = 0; index < 11; index += 1) {
      tries.push(await token(wallet, "0".repeat(32), { pubkey: "AA==", signature: "AA==" }, ipAddress));
    }
    expect(tries.slice(0, 10).map((answer) => answer.status)).toEqual(Array(10).fill(401));
    const last = tries[10];
    expect(last?.status).toBe(429);
    expect(last?.body.code).toBe("http.rate_limited");
    expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("refuses the eleventh try in a minute on one wallet, from wherever", async () => {
    const wallet = await createTestWallet();
    const statuses = [];
    for (let index = 0; index < 11; index += 1) {
      statuses.push((await token(wallet, "0".repeat(32), { pubkey: "AA==", signature: "AA==" })).status);
    }
    expect(statuses).toEqual([...Array(10).fill(401), 429]);
  });
});

describe("the life of a session", () => {
  const refresh = (refreshToken: string) => callApi("POST", "/api/v1/auth/token/refresh", { json: { refreshToken } });
  const verify = (bearer: string) => callApi("GET", "/api/v1/auth/verify", { bearer });

  it("swaps a refresh token for new tokens, and the old access token stops", async () => {
    const person = await createPerson(runtime);
    const answer = await refresh(person.refreshToken);
    expect(answer.status).toBe(200);
    expect((await verify(answer.body.accessToken)).status).toBe(200);
    expect((await verify(person.accessToken)).status).toBe(401);
  });

  it("ends the whole session when a refresh token is used twice", async () => {
    const person = await createPerson(runtime);
    const first = await refresh(person.refreshToken);
    const again = await refresh(person.refreshToken);
    expect(again.status).toBe(401);
    expect(again.body.code).toBe("auth.refresh_refused");
    expect((await verify(first.body.accessToken)).status).toBe(401);
    expect((await refresh(first.body.refreshToken)).status).toBe(401);
    const audited = await runtime.db.select().from(auditEvents).where(eq(auditEvents.targetId, person.sessionId));
    expect(audited.map((row) => row.action)).toEqual([
      "identity.session.created",
      "identity.session.refreshed",
      "identity.session.refresh_reused",
    ]);
  });

  it("ends when a refresh token is used twice, whatever Idempotency-Key comes with it", async () => {
    const person = await createPerson(runtime);
    const key = { bearer: person.accessToken, headers: { "idempotency-key": "the-same" } };
    const other = await createPerson(runtime);
    const swap = () =>
      callApi("POST", "/api/v1/auth/token/refresh", {
        ...key,
        bearer: other.accessToken,
        json: { refreshToken: person.refreshToken },
      });
    const [first, again] = [await swap(), await swap()];
    expect([first.status, again.status, again.body.code]).toEqual([200, 401, "auth.refresh_refused"]);
    expect((await verify(first.body.accessToken)).status).toBe(401);
  });

  it("begins anew for each statement, whatever Idempotency-Key comes with it", async () => {
    const wallet = await createTestWallet();
    const person = await createPerson(runtime);
    const headers = { "idempotency-key": "no key \u00e9" };
    const opened = [];
    for (let index = 0; index < 2; index += 1) {
      const given = await challenge(wallet);
      const json = {
        walletAddress: wallet.address,
        nonce: given.nonce,
        ...(await wallet.signArbitrary(given.messageToSign)),
      };
      opened.push(await callApi("POST", "/api/v1/auth/token", { bearer: person.accessToken, headers, json }));
    }
    expect(opened.map(({ status }) => status)).toEqual([200, 200]);
    expect(opened[0]?.body.accessToken).not.toBe(opened[1]?.body.accessToken);
  });

  it("lets one of five refreshes at once through and ends the session for the rest", async () => {
    const person = await createPerson(runtime);
    const answers = await Promise.all(Array.from({ length: 5 }, () => refresh(person.refreshToken)));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    const winner = answers.find((answer) => answer.status === 200);
    expect((await verify(winner?.body.accessToken)).status).toBe(401);
  });

  it("does not take an access token where a refresh token belongs, nor the other way round", async () => {
    const person = await createPerson(runtime);
    expect((await refresh(person.accessToken)).status).toBe(401);
    expect((await verify(person.refreshToken)).status).toBe(401);
  });

  it("stops with the next request after signing out", async () => {
    const person = await createPerson(runtime);
    expect((await callApi("DELETE", "/api/v1/auth/session", { bearer: person.accessToken })).status).toBe(204);
    const after = await verify(person.accessToken);
    expect(after.status).toBe(401);
    expect(after.headers.get("www-authenticate")).toBe('Bearer realm="omniphi"');
    expect((await refresh(person.refreshToken)).status).toBe(401);
  });

  it("refuses a token with one wrong character", async () => {
    const person = await createPerson(runtime);
    const spoiled = person.accessToken.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    const answer = await verify(spoiled);
    expect(answer.status).toBe(401);
    expect(answer.body.code).toBe("auth.credential_invalid");
  });

  it("works with the person's present platform role, not the one of sign-in", async () => {
    const person = await createPerson(runtime);
    await runtime.db.update(users).set({ platformRole: "operator" }).where(eq(users.id, person.userId));
    expect((await verify(person.accessToken)).body.scopes).toContain("platform:read");
  });
});
