import { existsSync, mkdirSync, readFileSync, renameSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import postgres from "postgres";
import { afterAll, describe, expect, it } from "vitest";
import { bareCheckout, temporaryFolder } from "../support/bare-checkout";
import { eventually } from "../support/eventually";
import { freePort } from "../support/free-port";
import { removeLater } from "../support/remove-later";
import { launcherPid, processesOf, start } from "./running-start";

const FIRST_START_LIMIT_MS = 1_500_000;
const FIRST_PAGE_LIMIT_MS = 120_000;
const CLEAN_UP_LIMIT_MS = 120_000;
/** What was built is there: taking over costs at most this share of the start that built it, on however busy a machine. */
const TAKE_OVER_SHARE = 1 / 3;

const health = async (port: number) => fetch(`http://127.0.0.1:${port}/api/health`);

/** Where Go is: on PATH, or where its own installer puts it. */
function goProgram(): string {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/local/go/bin"];
  const found = folders.map((folder) => join(folder, "go")).find((path) => existsSync(path));
  if (found === undefined) throw new Error("Go is not installed; the tests of the local chain need it.");
  return found;
}

/** Every line of a start that went well ends in this one. */
const READY = /^ready .*start a validator/;

describe("npm start", () => {
  const checkout = bareCheckout();
  const started: number[] = [];
  afterAll(() => {
    for (const pid of started) {
      try {
        process.kill(-pid, "SIGTERM");
      } catch {
        // It has ended, as it should.
      }
    }
    removeLater(checkout);
  });

  it(
    "goes from a bare clone to ready, takes over after kill -9 in a third of that time, and leaves no process behind",
    async () => {
      const port = await freePort();
      const dataDir = join(checkout, ".data");
      const env = { PORT: String(port) };

      const firstAtMs = Date.now();
      const first = start({ checkout, env, isThroughNpm: true });
      started.push(first.child.pid ?? 0);
      expect(await first.line(READY)).toContain(`http://localhost:${port}`);
      const firstTookMs = Date.now() - firstAtMs;
      expect((await health(port)).ok).toBe(true);
      const secretsBefore = readFileSync(join(dataDir, "secrets.json"), "utf8");

      process.kill(launcherPid(dataDir), "SIGKILL");
      await first.exitStatus;
      expect(processesOf(dataDir).length).toBeGreaterThan(0);

      const startedAtMs = Date.now();
      const second = start({ checkout, env, isThroughNpm: true });
      started.push(second.child.pid ?? 0);
      await second.line(READY);
      expect(Date.now() - startedAtMs).toBeLessThan(firstTookMs * TAKE_OVER_SHARE);
      expect(second.lines().find((line) => line.startsWith("postgres"))).toContain("adopted");
      expect((await health(port)).ok).toBe(true);
      expect(readFileSync(join(dataDir, "secrets.json"), "utf8")).toBe(secretsBefore);

      const third = start({ checkout, env });
      expect(await third.exitStatus).toBe(1);
      expect(third.lines().join("\n")).toContain("start.already_running");

      // A terminal sends Ctrl-C to the whole group: npm, its shell and the launcher.
      process.kill(-(second.child.pid ?? 0), "SIGINT");
      await second.exitStatus;
      expect(second.lines().at(-1)).toContain("everything that was started has ended");
      expect(processesOf(dataDir)).toEqual([]);
      await expect(health(port)).rejects.toThrow();
    },
    FIRST_START_LIMIT_MS,
  );

  it(
    "runs two copies side by side, one of them without Go and Docker: it says what is missing and the portal runs on",
    async () => {
      const ports = [await freePort(), await freePort()] as const;
      const [one, other] = [temporaryFolder(), temporaryFolder()];
      const complete = start({ checkout, env: { PORT: String(ports[0]), OMNIPHI_DATA_DIR: join(one, "data") } });
      started.push(complete.child.pid ?? 0);
      await complete.line(READY);

      const programs = join(other, "programs");
      mkdirSync(programs);
      for (const name of ["id", "ps"]) symlinkSync(`/usr/bin/${name}`, join(programs, name));
      const withoutGo = start({
        checkout,
        env: {
          PORT: String(ports[1]),
          OMNIPHI_DATA_DIR: join(other, "data"),
          PATH: programs,
          GOROOT: other,
          DOCKER_SOCKET_PATH: join(other, "no-docker.sock"),
        },
      });
      started.push(withoutGo.child.pid ?? 0);
      expect(await withoutGo.line(/^ready /)).toContain("the local chain is not running");
      const said = withoutGo.lines().join("\n");
      expect(said).toContain("start.go_missing");
      expect(said).toContain("POSD_BINARY");
      expect(said).toMatch(/the docker driver is off: there is no .*no-docker\.sock.*install/);
      const status = JSON.parse(readFileSync(join(other, "data/localnet/status.json"), "utf8"));
      expect(status).toMatchObject({ state: "failed", message: expect.stringContaining("Go") });

      for (const port of ports) expect((await health(port)).ok).toBe(true);
      const told = (await (await health(ports[1])).json()) as { components: readonly { name: string }[] };
      expect(told.components).toContainEqual(
        expect.objectContaining({ name: "runtime:docker", status: "down", reason: expect.stringContaining("Docker") }),
      );
      expect(told.components).toContainEqual(expect.objectContaining({ name: "runtime:process", status: "ok" }));
      process.kill(withoutGo.child.pid ?? 0, "SIGTERM");
      expect(await withoutGo.exitStatus).toBe(0);
      expect(processesOf(join(other, "data"))).toEqual([]);
      expect((await health(ports[0])).ok).toBe(true);
      process.kill(complete.child.pid ?? 0, "SIGTERM");
      expect(await complete.exitStatus).toBe(0);
      expect(processesOf(join(one, "data"))).toEqual([]);

      // What was kept is found in another place, as a restored backup is: the first one's nodes may sign with the same keys.
      const copyDir = join(one, "copy");
      renameSync(join(one, "data"), copyDir);
      const env = { PORT: String(ports[0]), OMNIPHI_DATA_DIR: copyDir, OMNIPHI_LOCALNET: "off" };
      const copy = start({ checkout, env });
      started.push(copy.child.pid ?? 0);
      expect(await copy.exitStatus).toBe(1);
      expect(copy.lines().join("\n")).toContain("start.installed_elsewhere");
      expect(processesOf(copyDir)).toEqual([]);
      const heir = start({ checkout, env, args: ["--take-over"] });
      started.push(heir.child.pid ?? 0);
      await heir.line(/^ready /);
      process.kill(heir.child.pid ?? 0, "SIGTERM");
      expect(await heir.exitStatus).toBe(0);
    },
    FIRST_START_LIMIT_MS,
  );

  it(
    "answers while posd is still being compiled, shows that it is, and ends the compiler with everything else",
    async () => {
      const port = await freePort();
      const home = temporaryFolder();
      const dataDir = join(home, "data");
      const programs = join(home, "programs");
      mkdirSync(programs);
      // Answers what is asked of Go but never finishes a build, as on a slow machine.
      const slowGo = `#!/bin/sh\nif [ "$1" = build ]; then exec sleep 3600; fi\nexec "${goProgram()}" "$@"\n`;
      writeFileSync(join(programs, "go"), slowGo, { mode: 0o755 });
      const compiling = start({
        checkout,
        env: {
          PORT: String(port),
          OMNIPHI_DATA_DIR: dataDir,
          OMNIPHI_CACHE_DIR: join(home, "cache"),
          PATH: [programs, process.env.PATH].join(delimiter),
        },
      });
      started.push(compiling.child.pid ?? 0);
      expect(await compiling.line(/^ready /)).toContain("the local chain is still being built");
      expect((await health(port)).ok).toBe(true);
      await eventually("the first page tells of the compiler", async () =>
        (await (await fetch(`http://127.0.0.1:${port}/`)).text()).includes("posd v1.0.0: compiling"),
      );
      const status = JSON.parse(readFileSync(join(dataDir, "localnet/status.json"), "utf8"));
      expect(status).toMatchObject({ state: "building", message: expect.stringContaining("posd v1.0.0: compiling") });

      process.kill(compiling.child.pid ?? 0, "SIGTERM");
      expect(await compiling.exitStatus).toBe(0);
      expect(processesOf(home)).toEqual([]);
    },
    FIRST_START_LIMIT_MS,
  );

  it(
    "in development shows a changed page without a restart",
    async () => {
      const port = await freePort();
      const dataDir = join(temporaryFolder(), "data");
      const env = { PORT: String(port), OMNIPHI_DATA_DIR: dataDir, OMNIPHI_LOCALNET: "off" };
      const dev = start({ checkout, env, isThroughNpm: true, isDev: true });
      started.push(dev.child.pid ?? 0);
      await dev.line(/^ready /);
      // The server has a title of its own, so it is found by its environment.
      const servers = () => processesOf(dataDir).filter((line) => /next(-server| dev|.*start-server)/.test(line));
      const before = servers();
      expect(before.length).toBeGreaterThan(0);

      const path = join(checkout, "app/(marketing)/page.tsx");
      const source = readFileSync(path, "utf8");
      const [heading] = /A validator of your own[^<]*/.exec(source) ?? [];
      if (heading === undefined) throw new Error("The first page has another heading; this test changes it.");
      const shows = (text: string) => async () =>
        (await (await fetch(`http://127.0.0.1:${port}/`)).text()).includes(text);
      await eventually("the page is shown", shows("A validator of your own"), FIRST_PAGE_LIMIT_MS);
      try {
        writeFileSync(path, source.replace(heading, "Changed while it runs. "));
        await eventually("the changed page is shown", shows("Changed while it runs."), FIRST_PAGE_LIMIT_MS);
        expect(servers()).toEqual(before);
      } finally {
        // The tests after this one start what is built from the source as it was.
        writeFileSync(path, source);
      }

      process.kill(-(dev.child.pid ?? 0), "SIGINT");
      await dev.exitStatus;
      // On its way out Next starts one more process, which finds that it may tell nobody anything and ends.
      await eventually("no process is left", async () => processesOf(dataDir).length === 0, CLEAN_UP_LIMIT_MS);
    },
    FIRST_START_LIMIT_MS,
  );

  it(
    "says what is wrong with a database that cannot be used, and leaves nothing running",
    async () => {
      const dataDir = join(temporaryFolder(), "data");
      const env = { PORT: String(await freePort()), OMNIPHI_DATA_DIR: dataDir, OMNIPHI_LOCALNET: "off" };
      const refused = async (more: Readonly<Record<string, string>> = {}) => {
        const running = start({ checkout, env: { ...env, ...more } });
        started.push(running.child.pid ?? 0);
        expect(await running.exitStatus).toBe(1);
        expect(processesOf(dataDir)).toEqual([]);
        return running.lines().join("\n");
      };

      const unreachable = await refused({
        DATABASE_URL: `postgres://omniphi:hunter22@127.0.0.1:${await freePort()}/omniphi`,
      });
      expect(unreachable).toContain("start.database_unreachable");
      expect(unreachable).not.toContain("hunter22");

      const healthy = start({ checkout, env, isThroughNpm: true });
      started.push(healthy.child.pid ?? 0);
      await healthy.line(/^ready /);
      const { postgres: port } = JSON.parse(readFileSync(join(dataDir, "ports.json"), "utf8"));
      const { postgresPassword } = JSON.parse(readFileSync(join(dataDir, "secrets.json"), "utf8"));
      const sql = postgres(`postgres://omniphi:${postgresPassword}@127.0.0.1:${port}/omniphi`, { max: 1 });
      await sql.unsafe("alter database omniphi set default_transaction_read_only = on");
      await sql.end();
      // Only npm is told to end, as a process manager does it; npm tells nobody.
      process.kill(healthy.child.pid ?? 0, "SIGTERM");
      await healthy.exitStatus;
      expect(healthy.lines().at(-1)).toContain("everything that was started has ended");
      expect(processesOf(dataDir)).toEqual([]);

      expect(await refused()).toContain("start.migration_failed");
      truncateSync(join(dataDir, "postgres/global/pg_control"), 0);
      const damaged = await refused();
      expect(damaged).toContain("start.postgres_start");
      expect(damaged).toContain("pg_control");
    },
    FIRST_START_LIMIT_MS,
  );
});
