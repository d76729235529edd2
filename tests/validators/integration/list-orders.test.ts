import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { validatorSetupRequests } from "@/db/schema/validators";
import { listNodes, listSetupRequests } from "@/server/domains/validators";
import { NODE_ORDERS, SETUP_ORDERS, type SetupOrder } from "@/server/domains/validators/constants";
import { validatorsDomain } from "@/server/domains/validators/domain";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestNetwork, createTestNodeRow, createTestSetup } from "../../support/factories/validators";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { createFakeChains } from "../../support/validators/fake-chains";

let runtime: TestRuntime;
let person: SignedInPerson;
let networkId: string;
let pattern: typeof validatorSetupRequests.$inferSelect;

/** Few of each, so that a page ends among equals. Their letters sort alike in every collation. */
const NAMES = ["Aurora", "aurora", "Boreas", "boreas", "Corona"];
const DAY_MS = 86_400_000;
const dayOf = (count: number) => new Date(Date.UTC(2026, 0, 1) + (count % 4) * DAY_MS);

/** A request that is given up, of which any number may stand beside one another. */
async function insertRow(count: number): Promise<string> {
  const id = validatorsDomain.newId("setupRequest");
  await runtime.db.insert(validatorSetupRequests).values({
    ...pattern,
    id,
    status: "cancelled",
    validatorName: NAMES[count % NAMES.length] ?? "Aurora",
    createdAt: dayOf(count),
    updatedAt: dayOf(count + 1),
  });
  return id;
}

beforeAll(async () => {
  runtime = await createTestRuntime({
    ports: { chains: createFakeChains({ chainFile: "/nonexistent/chain.json", hostFiles: [] }) },
  });
  person = await createPerson(runtime);
  ({ networkId } = await createTestNetwork(runtime));
  const { setupRequestId } = await createTestSetup(person, networkId, { validatorName: "Aurora" });
  const [row] = await runtime.db
    .select()
    .from(validatorSetupRequests)
    .where(eq(validatorSetupRequests.id, setupRequestId));
  if (!row) throw new Error("there is no request to copy");
  pattern = row;
  for (let count = 0; count < 20; count += 1) await insertRow(count);
});
afterAll(() => runtime.close());

/** Reads the whole list, three rows at a time; `between` happens after each page. */
async function readAll<Item>(
  read: (cursor: string | undefined) => Promise<{ items: readonly Item[]; nextCursor: string | null }>,
  between: (page: number) => Promise<unknown> = async () => undefined,
): Promise<readonly Item[]> {
  const seen: Item[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 100; page += 1) {
    const { items, nextCursor } = await read(cursor);
    seen.push(...items);
    if (nextCursor === null) return seen;
    cursor = nextCursor;
    await between(page);
  }
  throw new Error("the list has no end");
}

const setupsIn = async (sort: SetupOrder, between?: (page: number) => Promise<unknown>) => {
  const ctx = await person.ctx();
  const seen = await readAll(
    (cursor) => listSetupRequests(ctx, { sort, limit: 3, ...(cursor === undefined ? {} : { cursor }) }),
    between,
  );
  return seen.map(({ setupRequest }) => setupRequest);
};

const keyOf = (order: string, row: { validatorName: string; createdAt: string; updatedAt?: string }): string =>
  order.endsWith("name")
    ? row.validatorName.toLowerCase()
    : ((order.endsWith("updatedAt") ? row.updatedAt : row.createdAt) ?? "");
const inOrder = (keys: readonly string[], order: string) =>
  order.startsWith("-") ? [...keys].sort().reverse() : [...keys].sort();

describe("requests in each of their orders", () => {
  it.each(SETUP_ORDERS)("%s: every row once, equal keys and all, also while others are written", async (order) => {
    const before = await runtime.db.select({ id: validatorSetupRequests.id }).from(validatorSetupRequests);
    let written = 0;
    const seen = await setupsIn(order, async (page) => {
      await insertRow(page);
      written += 1;
    });
    const ids = seen.map(({ id }) => id);
    expect(written).toBeGreaterThan(5);
    expect(new Set(ids).size).toBe(ids.length);
    expect(before.filter(({ id }) => !ids.includes(id))).toEqual([]);
    const keys = seen.map((row) => keyOf(order, row));
    expect(keys).toEqual(inOrder(keys, order));
    expect(new Set(keys).size).toBeLessThan(keys.length);
  });

  it("are those of the asker's organisation in every order", async () => {
    const stranger = await createPerson(runtime);
    for (const sort of SETUP_ORDERS) {
      expect((await listSetupRequests(await stranger.ctx(), { sort })).items).toEqual([]);
    }
  });

  it.each(SETUP_ORDERS)("%s: its cursor is refused in every other order", async (sort) => {
    const ctx = await person.ctx();
    const { nextCursor } = await listSetupRequests(ctx, { sort, limit: 1 });
    for (const other of SETUP_ORDERS.filter((order) => order !== sort)) {
      await expect(listSetupRequests(ctx, { sort: other, cursor: nextCursor ?? "" })).rejects.toMatchObject({
        kind: "invalid",
        code: "kernel.cursor_of_other_order",
      });
    }
  });
});

describe("nodes in each of their orders", () => {
  it.each(NODE_ORDERS)("%s: every node once, in the order of the list", async (order) => {
    const ctx = await runtime.ctx();
    const organizationId = pattern.organizationId;
    for (let count = 0; count < 5; count += 1) {
      const setupRequestId = await insertRow(count);
      await createTestNodeRow(runtime, { organizationId, setupRequestId, networkId });
    }
    const seen = await readAll((cursor) =>
      listNodes(ctx, { sort: order, limit: 3, ...(cursor === undefined ? {} : { cursor }) }),
    );
    const ids = seen.map(({ node }) => node.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect((await listNodes(ctx, { limit: 100 })).items.map(({ node }) => node.id).sort()).toEqual([...ids].sort());
    if (order.endsWith("name")) {
      const names = seen.map(({ setupRequest }) => setupRequest.validatorName.toLowerCase());
      expect(names).toEqual(inOrder(names, order));
    } else {
      const newestFirst = (await listNodes(ctx, { limit: 100 })).items.map(({ node }) => node.id);
      expect(ids).toEqual(order === "-createdAt" ? newestFirst : newestFirst.toReversed());
    }
  });
});
