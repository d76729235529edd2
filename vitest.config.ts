import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const shared = {
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      // The marker has no runtime meaning outside Next; under Node it would throw.
      { find: /^server-only$/, replacement: `${root}tests/support/server-only.ts` },
    ],
  },
};

/** How many files at a time. Of several projects in one command, vitest runs those with other numbers one after the other, in this order. */
const workers = (maxWorkers: number, groupOrder: number) => ({ maxWorkers, sequence: { groupOrder } });

/** Suites that share one Postgres server; the global setup starts it once and files clone their own database. */
const withPostgres = { globalSetup: ["tests/support/global-setup.ts"], pool: "forks" as const, ...workers(2, 1) };

const UNIT = ["{agent,app,components,lib,server,db,inngest,tools,devnet}/**/*.test.{ts,tsx}"];
/** Files that say in their name that they need a real part beside PostgreSQL. */
const REAL = "**/*.real.test.ts";
/** Files that take too long for every run. */
const LONG = "**/*.long.test.ts";

export default defineConfig({
  ...shared,
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          include: UNIT,
          environment: "node",
          // Pure functions share no state; a process for each file would cost more than all tests together.
          isolate: false,
          // A property test on a busy machine; nothing here waits for anything.
          testTimeout: 30_000,
        },
      },
      {
        ...shared,
        // The same tests with many times the cases of each property.
        test: {
          name: "fuzz",
          include: UNIT,
          isolate: false,
          env: { TEST_FUZZ_FACTOR: "30" },
          setupFiles: ["tests/support/long-fuzz.ts"],
          testTimeout: 1_200_000,
        },
      },
      {
        ...shared,
        test: {
          name: "meta",
          include: ["tests/meta/**/*.test.ts"],
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...shared,
        test: {
          name: "integration",
          include: ["tests/*/integration/**/*.test.ts"],
          exclude: [REAL, LONG],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          ...withPostgres,
        },
      },
      {
        ...shared,
        // With a chain, a Docker Engine or other parts that are really there: one file at a time, since they share them.
        test: {
          name: "real",
          include: [`tests/*/integration/${REAL}`],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          ...withPostgres,
          ...workers(1, 2),
        },
      },
      {
        ...shared,
        test: {
          name: "long",
          include: [`tests/*/integration/${LONG}`],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          ...withPostgres,
        },
      },
      {
        ...shared,
        test: {
          name: "http",
          include: ["tests/*/http/**/*.test.ts"],
          // next-auth asks for "next/server" without its extension, which only a bundler resolves.
          server: { deps: { inline: [/next-auth/] } },
          testTimeout: 60_000,
          hookTimeout: 300_000,
          ...withPostgres,
        },
      },
      {
        ...shared,
        // Whole copies of the product, started as a person starts them: one file at a time, each test with its own limit.
        test: {
          name: "launcher",
          include: ["tests/launcher/**/*.test.ts"],
          testTimeout: 60_000,
          ...workers(1, 4),
        },
      },
      {
        ...shared,
        // A domain as the generator writes it, in a copy in which everything is run that it can break.
        test: {
          name: "generator",
          include: ["tests/generator/**/*.test.ts"],
          testTimeout: 1_200_000,
          hookTimeout: 120_000,
          ...workers(1, 5),
        },
      },
      {
        ...shared,
        test: {
          name: "contract",
          include: ["tests/*/contract/**/*.test.ts"],
          testTimeout: 180_000,
          hookTimeout: 600_000,
          ...withPostgres,
          ...workers(1, 3),
        },
      },
    ],
  },
});
