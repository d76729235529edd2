import "server-only";
import { and, asc, desc, eq, inArray, notInArray, or, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { networkEndpoints, networks } from "@/db/schema/chain";
import { DEFAULT_NETWORK_REF } from "../constants";

export type NetworkRow = typeof networks.$inferSelect;
export type EndpointRow = typeof networkEndpoints.$inferSelect;

/** By our id, by chain id, or the default one by its reserved word. */
export async function findNetwork(db: Executor, ref: string): Promise<NetworkRow | undefined> {
  const [row] = await db
    .select()
    .from(networks)
    .where(
      ref === DEFAULT_NETWORK_REF ? eq(networks.isDefault, true) : or(eq(networks.id, ref), eq(networks.chainId, ref)),
    );
  return row;
}

export const listNetworkRows = (db: Executor): Promise<NetworkRow[]> =>
  db.select().from(networks).orderBy(desc(networks.isDefault), asc(networks.displayName), asc(networks.id));

/** Inserts the network, or updates the one of the same chain id and keeps its id and its status. */
export async function upsertNetworkRow(tx: Transaction, row: typeof networks.$inferInsert): Promise<NetworkRow> {
  const { id: _id, status: _status, ...patch } = row;
  if (row.isDefault === true) {
    await tx
      .update(networks)
      .set({ isDefault: false })
      .where(and(eq(networks.isDefault, true), sql`${networks.chainId} <> ${row.chainId}`));
  }
  const [kept] = await tx
    .insert(networks)
    .values(row)
    .onConflictDoUpdate({ target: networks.chainId, set: patch })
    .returning();
  if (!kept) throw new Error("an upsert returned no row");
  return kept;
}

export async function updateLocalnetHome(tx: Transaction, id: string, localnetHome: string, now: Date): Promise<void> {
  await tx.update(networks).set({ localnetHome, updatedAt: now }).where(eq(networks.id, id));
}

export const listEndpointRows = (db: Executor, networkIds: readonly string[]): Promise<EndpointRow[]> =>
  db
    .select()
    .from(networkEndpoints)
    .where(inArray(networkEndpoints.networkId, [...networkIds]))
    .orderBy(asc(networkEndpoints.kind), asc(networkEndpoints.priority), asc(networkEndpoints.id));

/** Makes the network's endpoints exactly these; those that stay keep their standing. */
export async function replaceEndpoints(
  tx: Transaction,
  networkId: string,
  wanted: readonly Pick<typeof networkEndpoints.$inferInsert, "id" | "kind" | "url" | "priority">[],
): Promise<void> {
  for (const kind of ["rpc", "rest"] as const) {
    const urls = wanted.filter((endpoint) => endpoint.kind === kind).map((endpoint) => endpoint.url);
    const ofKind = and(eq(networkEndpoints.networkId, networkId), eq(networkEndpoints.kind, kind));
    await tx
      .delete(networkEndpoints)
      .where(urls.length === 0 ? ofKind : and(ofKind, notInArray(networkEndpoints.url, urls)));
  }
  for (const endpoint of wanted) {
    await tx
      .insert(networkEndpoints)
      .values({ ...endpoint, networkId })
      .onConflictDoUpdate({
        target: [networkEndpoints.networkId, networkEndpoints.kind, networkEndpoints.url],
        set: { priority: endpoint.priority },
      });
  }
}

/** One endpoint by its URL, locked; undefined when the network has none such. */
export async function lockEndpoint(
  tx: Transaction,
  key: { networkId: string; kind: "rpc" | "rest"; url: string },
): Promise<EndpointRow | undefined> {
  const [row] = await tx
    .select()
    .from(networkEndpoints)
    .where(
      and(
        eq(networkEndpoints.networkId, key.networkId),
        eq(networkEndpoints.kind, key.kind),
        eq(networkEndpoints.url, key.url),
      ),
    )
    .for("update");
  return row;
}
