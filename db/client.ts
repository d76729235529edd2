import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";

/** Opens a pool on the URL; every process makes exactly one. Timestamps are UTC whatever the server's zone is. */
export function createDatabase(options: {
  url: string;
  maxConnections?: number;
  applicationName?: string;
  onNotice?: (text: string) => void;
}) {
  const client = postgres(options.url, {
    max: options.maxConnections ?? 10,
    idle_timeout: 30,
    connect_timeout: 5,
    connection: { application_name: options.applicationName ?? "omniphi", TimeZone: "UTC", statement_timeout: 30_000 },
    onnotice: (notice) => options.onNotice?.(String(notice.message ?? "")),
  });
  return { db: drizzle(client, { casing: "snake_case" }), client, close: () => client.end({ timeout: 5 }) };
}

export type Database = ReturnType<typeof createDatabase>["db"];
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** Either of them: what a repository function takes first. */
export type Executor = Database | Transaction;
