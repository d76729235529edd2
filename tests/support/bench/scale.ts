import { createHash, randomUUID } from "node:crypto";
import type { Sql } from "postgres";
import { formatBech32Address } from "@/lib/chain/bech32-address";
import { seedHistory } from "./scale-history";
import { SCALE, type ScaleOrganization, type ScaleValidator } from "./scale-shape";

function inventValidator(place: number): ScaleValidator {
  const key = createHash("sha256").update(`validator ${place}`).digest();
  const address = new Uint8Array(createHash("sha256").update(key).digest().subarray(0, 20));
  return {
    operatorAddress: formatBech32Address("omnivaloper", address),
    walletAddress: formatBech32Address("omni", address),
    pubkey: key.toString("base64"),
    consensusAddress: formatBech32Address("omnivalcons", address),
    hex: Buffer.from(address).toString("hex").toUpperCase(),
  };
}

/** The validators of the chain that runs come first, so that a page about the first finds it on the chain too. */
async function validatorsOf(sql: Sql, networkId: string): Promise<ScaleValidator[]> {
  const real = await sql<{ operator: string; key: string; address: string; hex: string; wallet: string }[]>`
    select operator_address as operator, consensus_pubkey_base64 as key, consensus_address as address,
      consensus_address_hex as hex, operator_address as wallet
    from chain_validators where network_id = ${networkId} and removed_at is null and status = 'bonded'`;
  const invented = Array.from({ length: SCALE.validators - real.length }, (_, place) => inventValidator(place));
  const found = real.map((row, place) => ({
    operatorAddress: row.operator,
    walletAddress: inventValidator(-1 - place).walletAddress,
    pubkey: row.key,
    consensusAddress: row.address,
    hex: row.hex,
  }));
  await sql`insert into chain_validators ${sql(
    invented.map((one, place) => ({
      network_id: networkId,
      operator_address: one.operatorAddress,
      consensus_pubkey_base64: one.pubkey,
      consensus_address: one.consensusAddress,
      consensus_address_hex: one.hex,
      moniker: `Validator ${place}`,
      status: place + real.length < SCALE.setSize ? "bonded" : "unbonded",
      jailed: false,
      tombstoned: false,
      tokens_base_units: String(900_000_000 - place * 100_000),
      commission_rate: "0.1",
      missed_blocks: 0,
      signing_start_height_blocks: 1,
      synced_height_blocks: SCALE.blocks,
      synced_at: new Date(),
      is_watched: true,
    })),
  )}`;
  return [...found, ...invented];
}

async function seedOrganization(sql: Sql, userId: string, rows: number): Promise<ScaleOrganization> {
  const organization = { id: `org_${randomUUID()}`, slug: `scale-${rows}`, rows };
  await sql`insert into organizations ${sql({ id: organization.id, name: `Scale ${rows}`, slug: organization.slug, kind: "team" })}`;
  await sql`insert into memberships ${sql({ organization_id: organization.id, user_id: userId, role: "owner" })}`;
  return organization;
}

/** So many requests, the newest active ones with a validator of the chain each, of the others most given up; each tenth is active. */
async function seedSetups(
  sql: Sql,
  of: { organization: ScaleOrganization; userId: string; networkId: string; validators: readonly ScaleValidator[] },
): Promise<string> {
  const { organization, userId, networkId, validators } = of;
  const now = Date.now();
  const setups = Array.from({ length: organization.rows }, (_, place) => {
    const validator = place % 10 === 0 ? validators[place / 10] : undefined;
    const known = validator ?? inventValidator(10_000_000 + place + organization.rows * 100);
    const at = new Date(now - place * 60_000);
    return {
      id: `val_${randomUUID()}`,
      organization_id: organization.id,
      created_by_user_id: userId,
      network_id: networkId,
      wallet_address: known.walletAddress,
      operator_address: known.operatorAddress,
      validator_name: `Validator of ${organization.slug}, ${place}`,
      commission_rate: "0.1",
      commission_max_rate: "0.2",
      commission_max_change_rate: "0.01",
      min_self_delegation: "1",
      self_delegation: "5000000",
      run_mode: "cloud",
      region_code: "us-east",
      tier_code: "small",
      consensus_pubkey: known.pubkey,
      status: validator ? "active" : place % 3 === 0 ? "failed" : "cancelled",
      progress_percent: 100,
      error_message: validator ? null : "A step failed.",
      source: "web",
      released_at: validator ? null : at,
      created_at: at,
      updated_at: at,
    };
  });
  const active = setups.filter(({ status }) => status === "active");
  for (let first = 0; first < setups.length; first += 1_000) {
    await sql`insert into validator_setup_requests ${sql(setups.slice(first, first + 1_000))}`;
  }
  const ids = active.map(({ id }) => id);
  await sql`
    insert into validator_volumes (id, organization_id, setup_request_id, host_kind)
    select 'vol_' || gen_random_uuid(), ${organization.id}, id, 'process' from unnest(${ids}::text[]) id`;
  await sql`
    insert into validator_nodes (id, organization_id, setup_request_id, volume_id, network_id, host_kind, desired_state, status, binary_path,
      binary_sha256, binary_version, genesis_path, genesis_sha256, persistent_peers, minimum_gas_prices, cpu_millicores, memory_bytes,
      last_block_height, lag_blocks, is_catching_up, peer_count, restart_count, cpu_percent, memory_used_bytes, last_seen_at)
    select 'node_' || gen_random_uuid(), organization_id, setup_request_id, id, ${networkId}, 'process', 'running', 'synced', '/bin/posd', 'aa', '1.0.0',
      '/genesis.json', 'bb', '[]', '0.025omniphi', 1000, 1073741824, ${SCALE.blocks}, 0, false, 12, 0, 3, 100000000, now()
    from validator_volumes where organization_id = ${organization.id}`;
  await sql`
    insert into provisioning_events (setup_request_id, organization_id, event_type, step, message, at)
    select id, ${organization.id}, 'activity', null, 'Line ' || line, now() - line * interval '1 minute'
    from unnest(${ids}::text[]) id, generate_series(1, 40) line`;
  return ids[0] ?? "";
}

async function seedActsAndAudit(sql: Sql, organization: ScaleOrganization, networkId: string): Promise<void> {
  const { id, rows } = organization;
  await sql`
    insert into staking_acts (id, organization_id, actor, network_id, signer_address, kind, operator_address, amount_base_units, denom,
      fee_base_units, sentences, fingerprint, status, tx_hash, height_blocks, submitted_at, created_at, updated_at)
    select 'act_' || gen_random_uuid(), ${id}, 'user:bench', ${networkId}, 'omni1bench', 'delegate', 'omnivaloper1bench', 1000000 + place, 'omniphi',
      5000, '["Delegate 1 OMNI to a validator"]', 'ABCD-EFGH', 'done', upper(md5(place::text) || md5(${id} || place)), place, at, at, at
    from generate_series(1, ${rows}) place, lateral (select now() - place * interval '1 minute' as at) moment`;
  // Their hashes are no chain: nothing verifies this organisation's log while the bench runs.
  await sql`
    insert into audit_events (id, chain_key, sequence, organization_id, occurred_at, actor, action, target_type, target_id, request_id, details,
      previous_hash, hash)
    select 'aud_' || gen_random_uuid(), ${id}, place, ${id}, now() - (${rows} - place) * interval '1 minute', 'user:bench',
      'validators.setup.requested', 'setupRequest', 'val_bench', 'req_bench', '{}', repeat('0', 64), repeat('0', 64)
    from generate_series(1, ${rows}) place`;
  await sql`insert into audit_heads ${sql({ chain_key: id, sequence: rows, hash: "0".repeat(64) })}`;
}

export type Scale = {
  readonly few: ScaleOrganization;
  readonly many: ScaleOrganization;
  /** A request whose validator the running chain has, in the organisation with many rows. */
  readonly validatorId: string;
};

/** Two organisations of one person, with few rows and with many in every list, over a chain of a thousand validators with its records. */
export async function seedScale(sql: Sql, of: { userId: string; networkId: string }): Promise<Scale> {
  const validators = await validatorsOf(sql, of.networkId);
  await seedHistory(sql, of.networkId, validators.slice(0, SCALE.setSize));
  const [few, many] = [
    await seedOrganization(sql, of.userId, SCALE.fewRows),
    await seedOrganization(sql, of.userId, SCALE.rows),
  ];
  // The first validators go to the long list, whose page is looked at; an operator has one live request.
  const forFew = validators.slice(100, 110);
  const forMany = validators.filter((one) => !forFew.includes(one));
  const validatorId = await seedSetups(sql, { ...of, organization: many, validators: forMany });
  await seedSetups(sql, { ...of, organization: few, validators: forFew });
  for (const organization of [few, many]) await seedActsAndAudit(sql, organization, of.networkId);
  await sql`analyze`;
  return { few, many, validatorId };
}
