import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrateDatabase } from "@/db/migrate";
import { createEmptyDatabase, type TestDatabase } from "../../support/database";

const MIGRATIONS = join(process.cwd(), "db", "migrations");
/** The last migration before statuses became enums and transactions became the chain's. */
const LAST_BEFORE = "0010_lost_runs_and_test_wallets";

let folder: string;
let database: TestDatabase;
let sql: postgres.Sql;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "omniphi-migrations-"));
  cpSync(MIGRATIONS, folder, { recursive: true });
  const journalFile = join(folder, "meta", "_journal.json");
  const journal: { entries: { tag: string }[] } = JSON.parse(readFileSync(journalFile, "utf8"));
  const last = journal.entries.findIndex(({ tag }) => tag === LAST_BEFORE);
  writeFileSync(journalFile, JSON.stringify({ ...journal, entries: journal.entries.slice(0, last + 1) }));
  database = await createEmptyDatabase();
  await migrateDatabase(database.url, folder);
  sql = postgres(database.url, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await sql?.end();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const setup = (id: string, status: string, operator: string) => sql`
  insert into validator_setup_requests (id, organization_id, created_by_user_id, network_id, wallet_address, operator_address,
    validator_name, commission_rate, commission_max_rate, commission_max_change_rate, min_self_delegation, self_delegation,
    run_mode, region_code, tier_code, status, source)
  values (${id}, 'org_a', 'usr_a', 'net_a', 'omni1a', ${operator}, 'Kept', '0.1', '0.2', '0.01', 1, 1, 'cloud', 'us-east',
    'small', ${status}, 'web')`;

const transaction = (id: string, status: string, hash: string | null, height: number | null) => sql`
  insert into validator_transactions (id, organization_id, setup_request_id, network_id, signer_address, type, sign_mode,
    body_bytes_base64, auth_info_bytes_base64, sign_bytes_base64, signer_pubkey_base64, account_number, sequence, fingerprint,
    status, tx_hash, tx_bytes_base64, height)
  values (${id}, 'org_a', 'val_a', 'net_a', 'omni1a', 'create_validator', 'direct', 'Ym9keQ==', 'YXV0aA==', 'c2lnbg==', 'a2V5',
    7, 3, 'ABCD-EFGH', ${status}, ${hash}, ${hash === null ? null : "c2lnbmVk"}, ${height})`;

const node = (id: string, setupId: string, status: string, message: string) => sql`
  with volume as (
    insert into validator_volumes (id, organization_id, setup_request_id, host_kind)
    values (${`vol_of_${id}`}, 'org_a', ${setupId}, 'process') returning id)
  insert into validator_nodes (id, organization_id, setup_request_id, volume_id, network_id, host_kind, desired_state, status,
    status_message, binary_path, binary_sha256, binary_version, genesis_path, genesis_sha256, persistent_peers,
    minimum_gas_prices, cpu_millicores, memory_bytes)
  select ${id}, 'org_a', ${setupId}, volume.id, 'net_a', 'process', 'running', ${status}, ${message}, '/posd', 'a', 'v1', '/g', 'b',
    '[]', '0', 1, 1 from volume`;

describe("a database of an installation that was in use", () => {
  it("keeps its rows when statuses become enums and transactions become the chain's", async () => {
    await setup("val_a", "chain_tx_pending", "omnivaloper1a");
    await setup("val_b", "failed", "omnivaloper1b");
    await transaction("tx_1", "superseded", null, null);
    await transaction("tx_2", "failed", "HASH2", null);
    await transaction("tx_3", "failed", "HASH3", 9);
    await transaction("tx_4", "expired", "HASH4", null);
    await transaction("tx_5", "broadcast", "HASH4", null);
    await node(
      "node_a",
      "val_a",
      "error",
      "The volume's sign state is older than the last one seen. Starting it could sign a block twice, so it stays down.",
    );
    await node("node_b", "val_b", "terminated", "Removed.");
    await sql`insert into regions (id, code, display_name, city, country_code, latitude, longitude, cloud_zones, status,
        is_accepting_new, max_validators, active_validators, priority)
      values ('reg_a', 'us-east', 'US East', 'N. Virginia', 'US', 1, 1, '{}', 'coming_soon', true, 5, 1, 1)`;
    await sql`insert into region_allocations (id, region_id, organization_id, holder_id, held_at)
      values ('reg_b', 'reg_a', 'org_a', 'val_a', now())`;

    await migrateDatabase(database.url);

    expect(await sql`select id, status::text from validator_setup_requests order by id`).toMatchObject([
      { id: "val_a", status: "chain_tx_pending" },
      { id: "val_b", status: "failed" },
    ]);
    const kept = { subject_kind: "setupRequest", subject_id: "val_a", sequence: "3", sign_bytes_base64: "c2lnbg==" };
    expect(await sql`select * from chain_transactions order by id`).toMatchObject([
      { ...kept, id: "tx_1", status: "superseded", status_reason: null },
      {
        ...kept,
        id: "tx_2",
        status: "failed",
        status_reason: "chain.transaction_refused",
        tx_bytes_base64: "c2lnbmVk",
      },
      { ...kept, id: "tx_3", status: "failed", status_reason: "chain.transaction_reverted", height: "9" },
      { ...kept, id: "tx_4", status: "expired", status_reason: "chain.transaction_not_seen" },
      { ...kept, id: "tx_5", status: "broadcast", status_reason: null, tx_hash: "HASH4" },
    ]);
    expect(await sql`select id, status::text, status_reason from validator_nodes order by id`).toMatchObject([
      { id: "node_a", status: "error", status_reason: "validators.sign_state_refused" },
      { id: "node_b", status: "terminated", status_reason: null },
    ]);
    expect(await sql`select status::text from regions`).toMatchObject([{ status: "coming_soon" }]);
    expect(await sql`select holder_kind, holder_id from region_allocations`).toMatchObject([
      { holder_kind: "setupRequest", holder_id: "val_a" },
    ]);
  });

  it("refuses afterwards a state that its machine does not know, and a second transaction on its way", async () => {
    await expect(sql`update chain_transactions set status = 'lost' where id = 'tx_1'`).rejects.toThrow(
      /invalid input value/,
    );
    await expect(sql`update chain_transactions set status = 'accepted' where id = 'tx_1'`).rejects.toThrow(
      /chain_transactions_in_flight_uq/,
    );
    const second = sql`update validator_setup_requests set status = 'pending', operator_address = 'omnivaloper1a' where id = 'val_b'`;
    await expect(second).rejects.toThrow(/live_operator_uq/);
  });
});
