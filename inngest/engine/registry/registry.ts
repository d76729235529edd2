import { createHash } from "node:crypto";
import type { Sql, Tx } from "../state/database";
import { compileFunction, RefusedRegistration } from "./compile-function";
import type { FunctionConfig } from "./function-config";
import { registration } from "./registration-schema";

/** The functions that are registered now, in memory; the tables hold the same. */
export type Registry = {
  find(functionId: string): FunctionConfig | undefined;
  all(): readonly FunctionConfig[];
  /** Functions that an event of this name may start; conditions are not yet tested. */
  triggeredBy(eventName: string): readonly FunctionConfig[];
  replaceApp(appId: string, functions: readonly FunctionConfig[]): void;
};

/** An empty registry. */
export function createRegistry(): Registry {
  const byApp = new Map<string, readonly FunctionConfig[]>();
  let byId = new Map<string, FunctionConfig>();
  return {
    find: (functionId) => byId.get(functionId),
    all: () => [...byId.values()],
    triggeredBy: (eventName) =>
      [...byId.values()].filter((config) =>
        config.triggers.some((trigger) => trigger.kind === "event" && trigger.event === eventName),
      ),
    replaceApp: (appId, functions) => {
      byApp.set(appId, functions);
      byId = new Map([...byApp.values()].flat().map((config) => [config.id, config]));
    },
  };
}

/** Fills the registry from the tables. A stored function that this version no longer understands is left out and named in the result. */
export async function loadRegistry(sql: Sql, registry: Registry): Promise<string[]> {
  const rows = await sql<{ app_id: string; id: string; config: string }[]>`
    select app_id, id, config from inngest_engine.functions where removed_at is null order by id`;
  const refusals: string[] = [];
  const byApp = new Map<string, FunctionConfig[]>();
  for (const row of rows) {
    const configs = byApp.get(row.app_id) ?? [];
    byApp.set(row.app_id, configs);
    try {
      configs.push(compileFunction(JSON.parse(row.config)));
    } catch (error) {
      if (!(error instanceof RefusedRegistration)) throw error;
      refusals.push(error.message);
    }
  }
  for (const [appId, configs] of byApp) registry.replaceApp(appId, configs);
  return refusals;
}

/** A registration that has been read and found acceptable. */
export type AcceptedRegistration = {
  readonly appId: string;
  readonly url: string;
  readonly sdk: string;
  readonly checksum: string;
  readonly described: readonly unknown[];
  readonly configs: readonly FunctionConfig[];
};

/** Reads the body of a registration. Throws RefusedRegistration when any of its functions cannot run here: all are taken, or none. */
export function readRegistration(body: unknown): AcceptedRegistration {
  const parsed = registration.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new RefusedRegistration(`The registration cannot be read at "${issue?.path.join(".")}": ${issue?.message}.`);
  }
  const configs = parsed.data.functions.map(compileFunction);
  const ids = configs.map((config) => config.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new RefusedRegistration(`The function "${twice}" is registered twice by one app.`);
  return {
    appId: parsed.data.appName,
    url: parsed.data.url,
    sdk: parsed.data.sdk,
    checksum: createHash("sha256").update(JSON.stringify(parsed.data.functions)).digest("hex"),
    described: parsed.data.functions,
    configs,
  };
}

/** Writes an accepted registration; says whether it differs from the last one. Functions no longer named are marked as removed. */
export async function saveRegistration(tx: Tx, accepted: AcceptedRegistration, now: Date): Promise<boolean> {
  const [before] = await tx<{ checksum: string }[]>`
    select checksum from inngest_engine.apps where id = ${accepted.appId} for update`;
  await tx`
    insert into inngest_engine.apps (id, url, sdk, checksum, registered_at)
    values (${accepted.appId}, ${accepted.url}, ${accepted.sdk}, ${accepted.checksum}, ${now})
    on conflict (id) do update set url = excluded.url, sdk = excluded.sdk, checksum = excluded.checksum,
      registered_at = excluded.registered_at, refusal = null, refused_at = null`;
  // The app is there again: what could not be delivered to it need not wait any longer.
  await tx`
    update inngest_engine.calls c set available_at = ${now}, delay_ms = 0
    where not leased and refusals > 0 and function_id = any(${accepted.configs.map((config) => config.id)}::text[])`;
  if (before?.checksum === accepted.checksum) return false;
  const ids = accepted.configs.map((config) => config.id);
  await tx`
    update inngest_engine.functions set removed_at = ${now}
    where app_id = ${accepted.appId} and removed_at is null and id <> all(${ids})`;
  for (const [index, config] of accepted.configs.entries()) {
    await tx`
      insert into inngest_engine.functions (id, app_id, config, registered_at)
      values (${config.id}, ${accepted.appId}, ${JSON.stringify(accepted.described[index])}, ${now})
      on conflict (id) do update set app_id = excluded.app_id, config = excluded.config,
        registered_at = excluded.registered_at, removed_at = null`;
  }
  await tx`
    delete from inngest_engine.crons c
    where not exists (select 1 from inngest_engine.functions f where f.id = c.function_id and f.removed_at is null)`;
  return true;
}
