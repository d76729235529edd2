import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrateDatabase } from "@/db/migrate";
import { startPostgresServer } from "./postgres-server";

declare module "vitest" {
  interface ProvidedContext {
    adminUrl: string;
  }
}

/** Starts the server once per run and migrates the template that each test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const configured = process.env.TEST_DATABASE_ADMIN_URL;
  const server = configured ? { adminUrl: configured, stop: async () => {} } : await startPostgresServer();
  const admin = postgres(server.adminUrl, { max: 1, onnotice: () => {} });
  await admin.unsafe("drop database if exists omniphi_template");
  await admin.unsafe("create database omniphi_template");
  await admin.end();
  const url = new URL(server.adminUrl);
  url.pathname = "/omniphi_template";
  await migrateDatabase(url.toString());
  project.provide("adminUrl", server.adminUrl);
  return () => server.stop();
}
