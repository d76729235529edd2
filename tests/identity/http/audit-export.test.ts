import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rateLimits } from "@/db/schema/system";
import {
  acceptInvitation,
  createApiToken,
  createOrganization,
  inviteMember,
  listAudit,
  switchOrganization,
} from "@/server/domains/identity";
import { MAX_EXPORTED_AUDIT_ROWS } from "@/server/domains/identity/constants";
import { countOpenStreams } from "@/server/http/stream-slots";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { type ApiCall, callApi } from "../../support/http-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

const PATH = "/api/v1/audit/export";
const NAMES = "sequence,occurredAt,actor,action,targetType,targetId,ipAddress,requestId,details,id,chainKey,hash".split(
  ",",
);

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
});
beforeEach(() => runtime.db.delete(rateLimits));
afterAll(() => runtime.close());

const ask = (person: SignedInPerson, query = "", call: ApiCall = {}) =>
  callApi("GET", `${PATH}${query}`, { bearer: person.accessToken, ...call });

/** The cells of a file whose every cell is quoted; fails on anything else. */
function cellsOf(text: string): string[][] {
  const cell = /"((?:[^"]|"")*)"(,|\r\n)/y;
  const lines: string[][] = [];
  let line: string[] = [];
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const found = cell.exec(text);
    if (!found) throw new Error(`no cell at ${at}: ${text.slice(at, at + 40)}`);
    line.push((found[1] ?? "").replaceAll('""', '"'));
    if (found[2] === "\r\n") {
      lines.push(line);
      line = [];
    }
  }
  return lines;
}
async function exported(person: SignedInPerson, query = ""): Promise<Record<string, string>[]> {
  const { status, response } = await ask(person, query);
  expect(status).toBe(200);
  const [head, ...lines] = cellsOf(await response.text());
  expect(head).toEqual(NAMES);
  expect(lines.filter((cells) => cells.length !== NAMES.length)).toEqual([]);
  return lines.map((cells) => Object.fromEntries(NAMES.map((name, index) => [name, cells[index] ?? ""])));
}

/** Rows of the organisation's chain as they would be after long use, a second apart, the newest first. */
const fillLog = (organizationId: string, count: number) =>
  runtime.db.execute(sql`
    insert into audit_events (id, chain_key, sequence, organization_id, occurred_at, actor, action, target_type, target_id,
      request_id, ip_address, details, previous_hash, hash)
    select 'aud_' || ${organizationId} || n, ${organizationId}, 1000000 - n, ${organizationId},
      timestamptz '2020-01-01T00:00:00Z' - n * interval '1 second', 'system:test', 'test.row.made', 'row',
      '=HYPERLINK("http://x")' || n, 'req_1', null, '{"note": "a\\"b,c"}', '0', '0'
    from generate_series(1, ${count}::int) n`);

async function memberOf(owner: SignedInPerson, role: "viewer" | "developer" | "admin"): Promise<SignedInPerson> {
  const member = await createPerson(runtime);
  const { invitationId } = await inviteMember(await owner.ctx(), { walletAddress: member.wallet.address, role });
  await acceptInvitation(await member.ctx(), { invitationId });
  await switchOrganization(await member.ctx(), { organizationId: owner.organizationId });
  return member;
}

describe("the organisation's audit log as a file", () => {
  it("has the rows of the list, in its order, under a name to keep it by", async () => {
    const person = await createPerson(runtime);
    for (const name of ["one", 'two, "quoted"'])
      await createApiToken(await person.ctx(), { name, scopes: ["chain:read"] });
    const { headers, response } = await ask(person);
    const today = new Date().toISOString().slice(0, 10);
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="audit-log-${today}.csv"`,
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
      "cache-control": "no-store, no-transform",
      "x-request-id": expect.stringMatching(/^req_/),
    });
    expect(headers.get("content-encoding")).toBeNull();
    await response.body?.cancel();

    const { items } = await listAudit(await person.ctx(), { limit: 100 });
    expect(items.length).toBeGreaterThan(2);
    const rows = await exported(person);
    expect(rows.map(({ details, ...row }) => ({ ...row, details: JSON.parse(details ?? "") }))).toEqual(
      items.map((item) => ({ ...item, sequence: String(item.sequence), ipAddress: item.ipAddress ?? "" })),
    );
    for (const { occurredAt } of rows) expect(occurredAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it("takes the list's filters, and refuses what is a page's or another chain's", async () => {
    const person = await createPerson(runtime);
    await createApiToken(await person.ctx(), { name: "one", scopes: ["chain:read"] });
    const rows = await exported(person, "?action=identity.api_token.");
    expect(rows.map(({ action }) => action)).toEqual(["identity.api_token.created"]);
    expect(await exported(person, "?since=2999-01-01T00:00:00Z")).toEqual([]);
    for (const query of ["?limit=5", "?cursor=abc", "?chainKey=platform", "?since=yesterday"]) {
      expect(await ask(person, query)).toMatchObject({ status: 400, body: { code: "kernel.invalid_input" } });
    }
  });

  it("has no cell that a spreadsheet would run", async () => {
    const person = await createPerson(runtime);
    await fillLog(person.organizationId, 1);
    const [row] = await exported(person, "?action=test.");
    expect(row).toMatchObject({ targetId: `'=HYPERLINK("http://x")1`, details: '{"note":"a\\"b,c"}' });
  });

  it("has no row of another organisation, whatever is asked for", async () => {
    const owner = await createPerson(runtime);
    const stranger = await createPerson(runtime);
    const team = await createOrganization(await owner.ctx(), { name: "Exporters" });
    const { apiToken } = await createApiToken(await owner.ctx(), { name: "one", scopes: ["chain:read"] });
    const text = await (await ask(stranger)).response.text();
    for (const id of [owner.organizationId, owner.userId, team.id, apiToken.id]) expect(text).not.toContain(id);
    expect(await exported(stranger, `?targetId=${apiToken.id}`)).toEqual([]);
    expect(await exported(owner, `?targetId=${apiToken.id}`)).toHaveLength(1);
    expect(await ask(stranger, `?organization=${team.slug}`)).toMatchObject({ status: 404 });
  });

  it("is an ordinary refusal to whoever may not read the log, and audits nothing of whoever may", async () => {
    const owner = await createPerson(runtime);
    const viewer = await memberOf(owner, "viewer");
    const admin = await memberOf(owner, "admin");
    const { token } = await createApiToken(await owner.ctx(), { name: "chain", scopes: ["chain:read"] });
    for (const refused of [await ask(viewer), await ask(owner, "", { bearer: token ?? "" })]) {
      expect(refused).toMatchObject({ status: 403, body: { code: "auth.scope_missing" } });
      expect(refused.headers.get("content-type")).toBe("application/problem+json");
      expect(refused.headers.get("content-disposition")).toBeNull();
    }
    const before = await exported(admin);
    expect(await exported(admin)).toEqual(before);
    expect(countOpenStreams()).toBe(0);
  });
});

describe("a long log", () => {
  it("lets go when the client leaves, and gives its slot back", async () => {
    const person = await createPerson(runtime);
    await fillLog(person.organizationId, 2_000);
    const client = new AbortController();
    const { response } = await ask(person, "", { signal: client.signal });
    const reader = response.body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    expect(countOpenStreams()).toBe(1);
    client.abort();
    expect((await reader?.read())?.done).toBe(true);
    expect(countOpenStreams()).toBe(0);
  });

  it("is one of at most two for a person, and none for who asks for its headers alone", async () => {
    const person = await createPerson(runtime);
    await fillLog(person.organizationId, 2_000);
    const heads = await callApi("HEAD", PATH, { bearer: person.accessToken });
    expect([heads.status, heads.headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
    const open = await Promise.all(Array.from({ length: 2 }, () => ask(person)));
    expect(await ask(person)).toMatchObject({ status: 429, body: { code: "http.too_many_streams" } });
    for (const { response } of open) await response.body?.cancel();
    expect(countOpenStreams()).toBe(0);
    expect((await exported(person, "?action=test.")).length).toBe(2_000);
  });

  it("is cut at its bound, and its last line says how to get the rest", async () => {
    const person = await createPerson(runtime);
    const older = 150;
    await fillLog(person.organizationId, MAX_EXPORTED_AUDIT_ROWS + older);
    const rows = await exported(person, "?action=test.");
    const last = rows.pop();
    expect(rows).toHaveLength(MAX_EXPORTED_AUDIT_ROWS);
    expect(last?.sequence).toMatch(/^Not the whole log: these are the newest 50000 rows/);
    const until = last?.sequence?.match(/until=(\S+)$/)?.[1] ?? "";
    const rest = await exported(person, `?action=test.&until=${until}`);
    expect(new Set([...rows, ...rest].map(({ id }) => id)).size).toBe(MAX_EXPORTED_AUDIT_ROWS + older);

    // A log that is as long as the bound is whole.
    const whole = await exported(person, `?action=test.&since=${rows.at(-1)?.occurredAt}`);
    expect([whole.length, whole.at(-1)?.id]).toEqual([MAX_EXPORTED_AUDIT_ROWS, rows.at(-1)?.id]);
  });
});
