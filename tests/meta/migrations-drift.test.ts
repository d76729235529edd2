import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { repoDir } from "./repository-files";
import { runGate } from "./run-gate";
import { type Tree, temporaryCheckout } from "./temporary-checkout";

const COPIED = ["db/schema", "db/states", "db/migrations", "drizzle.config.ts", "package.json", "tsconfig.json"];

/** Names of the migrations that `drizzle-kit generate` would add to a copy of the checkout with these changes. */
async function generatedWith(changes: Tree): Promise<readonly string[]> {
  const folder = temporaryCheckout(COPIED, changes);
  const before = new Set(readdirSync(join(folder, "db/migrations")));
  const { passes, output } = await runGate("drizzle-kit", ["generate", "--name", "drift"], folder);
  if (!passes) throw new Error(`drizzle-kit generate failed:\n${output}`);
  return readdirSync(join(folder, "db/migrations")).filter((name) => !before.has(name));
}

describe("the migrations", () => {
  it("make the very tables that db/schema describes", async () => {
    expect(await generatedWith({})).toEqual([]);
  });

  it("would be seen to lag behind a column without one", async () => {
    const drift = `import { pgTable, text } from "drizzle-orm/pg-core";\nexport const drifts = pgTable("drifts", { id: text().primaryKey() });\n`;
    expect(await generatedWith({ "db/schema/drift.ts": drift })).toHaveLength(1);
  });

  it("are each in the journal, once and in order", () => {
    const journal: { entries: readonly { idx: number; tag: string; when: number }[] } = JSON.parse(
      readFileSync(join(repoDir, "db/migrations/meta/_journal.json"), "utf8"),
    );
    const files = readdirSync(join(repoDir, "db/migrations")).filter((name) => name.endsWith(".sql"));
    expect(journal.entries.map(({ tag }) => `${tag}.sql`)).toEqual(files.sort());
    expect(journal.entries.map(({ idx }) => idx)).toEqual(files.map((_, index) => index));
    // A migration dated before the one in front of it is skipped where that one has already run.
    expect(
      journal.entries.every(({ when }, index) => index === 0 || when > (journal.entries[index - 1]?.when ?? 0)),
    ).toBe(true);
  });
});
