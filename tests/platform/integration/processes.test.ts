import { once } from "node:events";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BundledProcess, bundleProcess } from "../../support/bundled-process";
import { createEmptyDatabase, type TestDatabase } from "../../support/database";

/* The commands that a start runs before anything else, as they run in production. */
let database: TestDatabase;
let checkSettings: BundledProcess;
let migrate: BundledProcess;
beforeAll(async () => {
  [database, checkSettings, migrate] = await Promise.all([
    createEmptyDatabase(),
    bundleProcess("check-settings"),
    bundleProcess("migrate"),
  ]);
});
afterAll(() => database.drop());

const right = () => ({
  DATABASE_URL: database.url,
  AUTH_SECRET: "s".repeat(40),
  METRICS_TOKEN: "m".repeat(40),
  SECRETS_KEK_BASE64: Buffer.alloc(32, 1).toString("base64"),
  INNGEST_EVENT_KEY: "0123456789abcdef",
  INNGEST_SIGNING_KEY: "0123456789abcdef",
});

async function run(process: BundledProcess, env: Readonly<Record<string, string>>) {
  const child = process.start(env);
  const [code] = await once(child, "close");
  return { code, output: child.output() };
}

describe("check-settings", () => {
  it("is silent about right ones", async () => {
    expect(await run(checkSettings, right())).toEqual({ code: 0, output: "" });
  });

  it("names each wrong one, and touches no database", async () => {
    const { code, output } = await run(checkSettings, {
      ...right(),
      DATABASE_URL: "postgres://127.0.0.1:1/nowhere",
      INNGEST_SIGNING_KEY: "odd",
      INNGEST_DEV: "1",
    });
    const problems = output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { name: string; problem: string });
    expect(code).toBe(1);
    expect(problems.map(({ name }) => name)).toEqual(["INNGEST_DEV", "INNGEST_SIGNING_KEY"]);
    expect(problems[1]?.problem).toContain("openssl rand -hex 32");
  });
});

describe("migrate", () => {
  it("brings an empty database to this version, also twice at once, and again", async () => {
    const both = await Promise.all([run(migrate, right()), run(migrate, right())]);
    expect(both.map(({ code, output }) => [code, /database\.migrated/.test(output)])).toEqual([
      [0, true],
      [0, true],
    ]);
    const sql = postgres(database.url, { max: 1, onnotice: () => {} });
    const rows = await sql`select count(*)::int as count from regions`;
    await sql.end();
    expect(rows[0]?.count).toBe(8);
    expect((await run(migrate, right())).code).toBe(0);
  });

  it("says why it could not, in a line that a start can read, and ends with 1", async () => {
    const { code, output } = await run(migrate, { ...right(), DATABASE_URL: "postgres://127.0.0.1:1/nowhere" });
    const lines = output.trim().split("\n");
    const failed = lines.map((line) => JSON.parse(line)).find(({ level }) => level >= 50);
    expect(code).toBe(1);
    expect(failed).toMatchObject({
      event: "process.failed",
      err: { message: expect.stringContaining("ECONNREFUSED") },
    });
  });
});
