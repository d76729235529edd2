import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launcherModule } from "../../launcher/launcher-module";
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

/** What the launcher's own check refuses a start with these settings for; undefined where it lets it go on. */
async function checkFrom({ repoDir }: BundledProcess, settings: Readonly<Record<string, string>>): Promise<unknown> {
  const launcher = await launcherModule<{ checkSettings(options: object): Promise<void> }>("start/check-settings");
  const env = { PATH: process.env.PATH ?? "", ...settings };
  const logFile = join(repoDir, "check-settings.log");
  return launcher.checkSettings({ repoDir, env, inngestBaseUrl: settings.INNGEST_BASE_URL, logFile }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
}

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
    expect(problems[0]?.problem).toContain("unsigned calls are refused");
    expect(problems[1]?.problem).toContain("openssl rand -hex 32");
  });
});

describe("a start with an Inngest server of its own", () => {
  /** What the launcher's check says of a server that answers so at `/dev`, the address that only a development server has. */
  async function startWith(status: number, headers: Readonly<Record<string, string>> = {}) {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.writeHead(status, headers).end("{}");
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const inngestBaseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const failure = await checkFrom(checkSettings, { ...right(), INNGEST_BASE_URL: inngestBaseUrl });
    server.close();
    return { asked, failure, inngestBaseUrl };
  }

  it("ends when that is a development server, and says why", async () => {
    const { asked, failure, inngestBaseUrl } = await startWith(200);
    expect(asked).toEqual(["GET /dev"]);
    expect(failure).toMatchObject({
      code: "start.inngest_dev_server",
      what: expect.stringContaining(`INNGEST_BASE_URL (${inngestBaseUrl}) is an Inngest development server`),
      fix: expect.stringContaining("inngest start"),
    });
  });

  it.each([
    ["has no such address", 404, {}],
    ["sends whoever asks elsewhere", 302, { location: "/dev/" }],
    ["says that it is none", 200, { "x-inngest-server-kind": "cloud" }],
  ])("goes on when that %s", async (_words, status, headers) => {
    const { asked, failure } = await startWith(status, headers);
    expect(asked).toEqual(["GET /dev"]);
    expect(failure).toBeUndefined();
  });

  it("goes on when that does not answer, since it may come later", async () => {
    expect(await checkFrom(checkSettings, { ...right(), INNGEST_BASE_URL: "http://127.0.0.1:1" })).toBeUndefined();
  });

  it("ends by the settings alone when they ask for the development mode", async () => {
    expect(await checkFrom(checkSettings, { ...right(), INNGEST_DEV: "1" })).toMatchObject({
      code: "start.settings_wrong",
      what: expect.stringContaining("INNGEST_DEV: unset or 0; Inngest's development mode signs nothing"),
    });
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
