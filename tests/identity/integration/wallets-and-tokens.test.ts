import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiTokens } from "@/db/schema/identity";
import {
  createApiToken,
  grantPlatformRole,
  isOwnWallet,
  linkWallet,
  listApiTokens,
  listSessions,
  listWallets,
  pruneExpired,
  resolveApiToken,
  resolveSession,
  unlinkWallet,
} from "@/server/domains/identity";
import { MAX_API_TOKENS } from "@/server/domains/identity/constants";
import { pruneSystemRows } from "@/server/kernel/prune-system-rows";
import { answerChallenge, createPerson } from "../../support/factories/identity";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { createTestWallet } from "../../support/test-wallet";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
});
afterAll(() => runtime.close());

describe("wallets", () => {
  it("are several for one person, each proven, and any of them signs in to the same account", async () => {
    const person = await createPerson(runtime);
    const second = await createTestWallet();
    await linkWallet(await person.ctx(), await answerChallenge(runtime, second));
    expect((await listWallets(await person.ctx(), {})).items.map((wallet) => wallet.address)).toEqual([
      person.wallet.address,
      second.address,
    ]);
    expect((await createPerson(runtime, second)).userId).toBe(person.userId);
    expect(await isOwnWallet(await person.ctx(), { address: second.address })).toBe(true);
  });

  it("belong to one person each, also when two link one at once", async () => {
    const people = [await createPerson(runtime), await createPerson(runtime)];
    const wallet = await createTestWallet();
    const tries = await Promise.allSettled(
      people.map(async (person) => linkWallet(await person.ctx(), await answerChallenge(runtime, wallet))),
    );
    expect(tries.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = tries.find((one) => one.status === "rejected");
    expect(refused).toMatchObject({ reason: { code: "identity.wallet_taken" } });
  });

  it("cannot be linked without their signature", async () => {
    const person = await createPerson(runtime);
    const [mine, theirs] = [await createTestWallet(), await createTestWallet()];
    const proof = await answerChallenge(runtime, mine);
    await expect(linkWallet(await person.ctx(), { ...proof, walletAddress: theirs.address })).rejects.toMatchObject({
      code: "auth.sign_in_refused",
    });
  });

  it("can be removed, but not the last one, also when both go at once", async () => {
    const person = await createPerson(runtime);
    await linkWallet(await person.ctx(), await answerChallenge(runtime, await createTestWallet()));
    const { items } = await listWallets(await person.ctx(), {});
    const ctx = await person.ctx();
    const tries = await Promise.allSettled(items.map((wallet) => unlinkWallet(ctx, { walletId: wallet.id })));
    expect(tries.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await listWallets(ctx, {})).items).toHaveLength(1);
  });
});

describe("API tokens", () => {
  it("are 192 random bits with a prefix and a checksum, and kept as a keyed hash only", async () => {
    const person = await createPerson(runtime);
    const { apiToken, token } = await createApiToken(await person.ctx(), { name: "ci", scopes: ["chain:read"] });
    expect(token).toMatch(/^omni_[0-9A-Za-z]{39}$/);
    expect(token?.startsWith(apiToken.displayPrefix)).toBe(true);
    const rows = JSON.stringify(await runtime.db.select().from(apiTokens));
    expect(rows).not.toContain(token?.slice(12));
    expect(JSON.stringify(await listApiTokens(await person.ctx(), {}))).not.toContain(token?.slice(12));
  });

  it("come once: a repeated idempotency key gets the record without the token, and nothing keeps it", async () => {
    const person = await createPerson(runtime);
    const keyed = { ...(await person.ctx()), idempotency: { key: "same", requestHash: "same" } };
    const first = await createApiToken(keyed, { name: "ci", scopes: ["chain:read"] });
    const again = await createApiToken(keyed, { name: "ci", scopes: ["chain:read"] });
    expect(again).toEqual({ apiToken: first.apiToken, token: null });
    const dump = JSON.stringify(await runtime.db.execute("select * from idempotency_keys, audit_events"));
    expect(dump).not.toContain(first.token?.slice(12));
    expect((await listApiTokens(await person.ctx(), {})).items).toHaveLength(1);
  });

  it("cannot hold a scope that their maker lacks, nor one of the platform", async () => {
    const person = await createPerson(runtime);
    const limited = await runtime.ctx({
      actor: { ...person.actor, organizationRole: "developer" } as typeof person.actor,
      organizationId: person.organizationId,
    });
    await expect(createApiToken(limited, { name: "x", scopes: ["chain:read"] })).rejects.toMatchObject({
      kind: "forbidden",
    });
    await expect(createApiToken(await person.ctx(), { name: "x", scopes: ["platform:admin"] })).rejects.toMatchObject({
      kind: "invalid",
    });
  });

  it("cannot make further tokens", async () => {
    const person = await createPerson(runtime);
    const actor = {
      kind: "apiToken" as const,
      apiTokenId: "tok_x",
      userId: person.userId,
      scopes: ["identity:write" as const],
    };
    const ctx = await runtime.ctx({ actor, organizationId: person.organizationId });
    await expect(createApiToken(ctx, { name: "x", scopes: ["identity:write"] })).rejects.toMatchObject({
      code: "auth.user_required",
    });
  });

  it("end when they expire", async () => {
    const person = await createPerson(runtime);
    const { token } = await createApiToken(await person.ctx(), { name: "x", scopes: ["chain:read"], expiresInDays: 1 });
    const tokenHash = (await runtime.ports()).tokens.read(token ?? "")?.tokenHash ?? "";
    const at = (ms: number) => runtime.ctx({ actor: { kind: "anonymous" }, now: () => new Date(Date.now() + ms) });
    expect(await resolveApiToken(await at(0), { tokenHash })).not.toBeNull();
    expect(await resolveApiToken(await at(86_400_001), { tokenHash })).toBeNull();
  });

  it("stop at a limit that is exact under a race", async () => {
    const person = await createPerson(runtime);
    const ctx = await person.ctx();
    const tries = await Promise.allSettled(
      Array.from({ length: MAX_API_TOKENS + 10 }, (_, index) =>
        createApiToken(ctx, { name: `t${index}`, scopes: ["chain:read"] }),
      ),
    );
    expect(tries.filter((one) => one.status === "fulfilled")).toHaveLength(MAX_API_TOKENS);
    expect(tries.find((one) => one.status === "rejected")).toMatchObject({ reason: { kind: "limit_exceeded" } });
  });

  it("are listed in pages without a gap or a repetition", async () => {
    const person = await createPerson(runtime);
    for (let index = 0; index < 7; index += 1) {
      await createApiToken(await person.ctx(), { name: `t${index}`, scopes: ["chain:read"] });
    }
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < 5; page += 1) {
      const answer: Awaited<ReturnType<typeof listApiTokens>> = await listApiTokens(await person.ctx(), {
        limit: 3,
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...answer.items.map((token) => token.name));
      cursor = answer.nextCursor;
      if (cursor === null) break;
    }
    expect(seen).toEqual(["t6", "t5", "t4", "t3", "t2", "t1", "t0"]);
    await expect(listApiTokens(await person.ctx(), { cursor: "bogus" })).rejects.toMatchObject({
      code: "kernel.bad_cursor",
    });
  });

  it("of another installation are recognised by nobody here, though the database was copied", async () => {
    const { createHmacTokenMinter } = await import("@/server/adapters/tokens/hmac-token-minter");
    const minted = createHmacTokenMinter({ authSecret: "b".repeat(40) }).mint("api");
    const here = (await runtime.ports()).tokens.read(minted.token);
    expect(here?.kind).toBe("api");
    expect(here?.tokenHash).not.toBe(minted.tokenHash);
  });
});

describe("the platform's first admin", () => {
  it("is granted by the command line after one sign-in, audited, and works at once", async () => {
    const wallet = await createTestWallet();
    const cli = await runtime.ctx({ actor: { kind: "system", name: "grant-admin" } });
    const grant = () => grantPlatformRole(cli, { walletAddress: wallet.address, platformRole: "admin" });
    await expect(grant()).rejects.toMatchObject({ code: "identity.user_of_wallet_not_found" });
    const person = await createPerson(runtime, wallet);
    await grant();
    expect((await person.ctx()).actor).toMatchObject({ platformRole: "admin" });
  });
});

describe("pruning", () => {
  it("deletes what has ended and leaves what lives", async () => {
    const person = await createPerson(runtime);
    await answerChallenge(runtime, await createTestWallet());
    const later = await runtime.ctx({ now: () => new Date(Date.now() + 3_600_000) });
    const counts = await pruneExpired(later, {});
    expect(counts.loginNonces).toBeGreaterThanOrEqual(1);
    expect(counts.sessions).toBe(0);
    const tokenHash = (await runtime.ports()).tokens.read(person.accessToken)?.tokenHash ?? "";
    expect(await resolveSession(await runtime.ctx({ actor: { kind: "anonymous" } }), { tokenHash })).not.toBeNull();
    expect((await listSessions(await person.ctx(), {})).items).toHaveLength(1);
  });
});

describe("pruning the kernel's own rows", () => {
  it("deletes old keys, sent events and full buckets, and leaves the rest", async () => {
    const { db } = runtime;
    await db.execute(sql`insert into idempotency_keys (owner, key, verb, request_hash, created_at)
      values ('o', 'old', 'v', 'h', now() - interval '25 hours'), ('o', 'new', 'v', 'h', now())`);
    await db.execute(sql`insert into outbox_events (id, name, payload, created_at, sent_at) values
      ('sent-long-ago', 'x/y.z', '{}', now(), now() - interval '8 days'), ('sent-now', 'x/y.z', '{}', now(), now()),
      ('never-sent', 'x/y.z', '{}', now() - interval '30 days', null)`);
    expect(await pruneSystemRows(db)).toMatchObject({ idempotencyKeys: 1, outboxEvents: 1 });
    const left = await db.execute<{ id: string }>(sql`select id from outbox_events where name = 'x/y.z' order by id`);
    expect(left.map((row) => row.id)).toEqual(["never-sent", "sent-now"]);
  });
});
