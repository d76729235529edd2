import { join } from "node:path";
import { getTableName, is } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { describe, expect, it } from "vitest";
import type { TransitionTable } from "@/server/kernel/states";
import { listRepositoryFiles, readRepositoryFiles, repoDir } from "./repository-files";
import { diagramsOf, type StatefulTable, statusWrites, undeclaredStates } from "./status-writes";

type LoadedMachine = {
  readonly name: string;
  readonly domain: string;
  readonly table: PgTable;
  readonly column: string;
  readonly moves: TransitionTable<string>;
};

const MACHINE_FILE = /^server\/domains\/([^/]+)\/(?:.+\/)?machines?\.ts$/;

async function loadMachines(): Promise<readonly LoadedMachine[]> {
  const files = listRepositoryFiles().filter((path) => MACHINE_FILE.test(path));
  const loaded = await Promise.all(
    files.map(async (path) => {
      const module: Readonly<Record<string, object>> = await import(/* @vite-ignore */ join(repoDir, path));
      return Object.entries(module)
        .filter(([, value]) => "table" in value && "moves" in value)
        .map(([name, value]) => ({ ...value, name, domain: MACHINE_FILE.exec(path)?.[1] ?? "" }) as LoadedMachine);
    }),
  );
  return loaded.flat();
}

async function loadTables(): Promise<ReadonlyMap<PgTable, string>> {
  const files = listRepositoryFiles().filter((path) => /^db\/schema\/\w+\.ts$/.test(path));
  const tables = new Map<PgTable, string>();
  for (const path of files) {
    const module: Readonly<Record<string, unknown>> = await import(/* @vite-ignore */ join(repoDir, path));
    for (const [name, value] of Object.entries(module)) if (is(value, PgTable)) tables.set(value, name);
  }
  return tables;
}

const machines = await loadMachines();
const tables = await loadTables();
const stateful: readonly StatefulTable[] = machines.map(({ table, column }) => ({
  identifier: tables.get(table) ?? "",
  name: getTableName(table),
  column,
}));

const edgesOf = ({ moves }: Pick<LoadedMachine, "moves">) =>
  Object.entries(moves)
    .flatMap(([from, targets]) => targets.map((to) => `${from} > ${to}`))
    .sort();

describe("states", () => {
  it("of every enum in the database have their machine", () => {
    const columns = [...tables].flatMap(([table, identifier]) =>
      Object.entries(table)
        .filter(([, column]) => column?.columnType === "PgEnumColumn")
        .map(([column]) => `${identifier}.${column}`),
    );
    expect(columns.length).toBeGreaterThanOrEqual(6);
    expect(stateful.map(({ identifier, column }) => `${identifier}.${column}`).sort()).toEqual(columns.sort());
  });

  it("are declared as what they are: an enum that moves, or something written down", () => {
    expect(undeclaredStates(readRepositoryFiles(/^db\/schema\/(?!columns)\w+\.ts$/))).toEqual([]);
  });

  it("are written by move alone", () => {
    const files = readRepositoryFiles(/^(server|app|inngest\/functions|tools)\/.*\.tsx?$/).filter(
      ({ path }) => !/\.test\.tsx?$/.test(path) && path !== "server/kernel/machine.ts",
    );
    expect(files.length).toBeGreaterThan(200);
    expect(statusWrites(files, stateful)).toEqual([]);
  });

  it("are drawn in the READMEs as the machines have them", () => {
    const drawn = readRepositoryFiles(/^server\/domains\/[^/]+\/README\.md$/).flatMap(({ path, text }) =>
      diagramsOf(text).map((edges) => {
        const domain = path.split("/")[2];
        const fitting = machines.find((one) => one.domain === domain && edgesOf(one).join() === edges.join());
        return fitting?.name ?? `${path} draws what no machine of it does: ${edges.join(", ")}`;
      }),
    );
    expect(drawn).toEqual(expect.arrayContaining(["endpointMachine", "setupMachine", "transactionMachine"]));
    expect(drawn.filter((name) => name.includes(" "))).toEqual([]);
  });
});

describe("the rule", () => {
  const door: StatefulTable = { identifier: "doors", name: "doors", column: "state" };
  const writes = (text: string) => statusWrites([{ path: "server/domains/doors/repository.ts", text }], [door]).length;

  it.each([
    `await tx.update(doors).set({ state: "open" }).where(eq(doors.id, id));`,
    `await tx.update(doors).set({ knocks: 1, state });`,
    `await tx.update(doors).set({ ...(isOpen ? { state: "open" } : {}) });`,
    `const write = (tx: Tx, patch: Partial<Door>) => tx.update(doors).set(patch).returning();`,
    `const write = (tx: Tx, patch: Partial<Door>) => tx.update(doors).set({ ...patch, at: now });`,
    `await tx.insert(doors).values(row).onConflictDoUpdate({ target: doors.id, set: row });`,
    `await tx.insert(doors).values(row).onConflictDoUpdate({ target: doors.id, set: { state: row.state } });`,
    "await tx.execute(sql`update doors set knocks = 1, state = 'open' where id = 1`);",
  ])("finds %s", (text) => {
    expect(writes(text)).toBe(1);
  });

  it.each([
    `await tx.update(doors).set({ knocks: 1 }).where(eq(doors.state, "open"));`,
    `await tx.update(windows).set({ state: "open" });`,
    `await tx.insert(doors).values({ state: "closed" });`,
    `const write = (tx: Tx, patch: Patch<typeof doors, "state">) => tx.update(doors).set({ ...patch, at: now });`,
    `async function keep(row: Door) { const { id, state: _state, ...patch } = row; await tx.insert(doors).values(row).onConflictDoUpdate({ target: doors.id, set: patch }); }`,
    "await tx.execute(sql`update doors set knocks = 1 where state = 'open'`);",
  ])("takes %s", (text) => {
    expect(writes(text)).toBe(0);
  });

  it("finds a column of a state that is plain text", () => {
    const schema = (line: string) => [
      { path: "db/schema/doors.ts", text: `export const s = pgEnum("s", S);\n  ${line}` },
    ];
    expect(undeclaredStates(schema(`state: text().notNull(),`))).toHaveLength(1);
    expect(undeclaredStates(schema(`desiredState: text().$type<"a">(),`))).toHaveLength(1);
    expect(undeclaredStates(schema(`state: s().notNull(),`))).toEqual([]);
    expect(undeclaredStates(schema(`status: writtenState<"a">().notNull(),`))).toEqual([]);
  });

  it("reads the moves of a drawing", () => {
    const drawing = "```mermaid\nstateDiagram-v2\n  [*] --> open\n  open --> closed: shut\n  closed --> open\n```";
    expect(diagramsOf(drawing)).toEqual([["closed > open", "open > closed"]]);
  });
});
