import type { Sql } from "postgres";
import { SCALE, type ScaleValidator } from "./scale-shape";

const SET_HASH = "5CA1E".padEnd(64, "0");

/** The records of a chain with a block a second: its blocks with every signature, a month of hours, a week of samples, all ending now. */
export async function seedHistory(sql: Sql, networkId: string, set: readonly ScaleValidator[]): Promise<void> {
  const addresses = set.map(({ hex }) => hex);
  await sql`delete from chain_blocks where network_id = ${networkId}`;
  await sql`
    insert into chain_validator_sets (network_id, set_hash, addresses, voting_powers, first_height_blocks)
    values (${networkId}, ${SET_HASH}, ${addresses}, ${addresses.map(() => 100)}::bigint[], 1)`;
  // One in a hundred signatures is missing, another one for every block.
  await sql`
    insert into chain_blocks (network_id, height_blocks, hash, block_at, proposer_address_hex, set_hash, tx_count, signatures)
    select ${networkId}, height, upper(md5(height::text) || md5('b' || height)), now() - (${SCALE.blocks} - height) * interval '1 second',
      (${addresses}::text[])[1 + height % ${set.length}], ${SET_HASH}, 1,
      overlay(repeat('c', ${set.length}) placing 'a' from (1 + (height * 37) % ${set.length})::int for 1)
    from generate_series(1::bigint, ${SCALE.blocks}) height`;
  await sql`
    update chain_states set first_height_blocks = 1, contiguous_height_blocks = ${SCALE.blocks}, counted_to_height_blocks = ${SCALE.blocks},
      tip_height_blocks = ${SCALE.blocks + 1}, tip_at = now(), synced_height_blocks = ${SCALE.blocks}, synced_at = now()
    where network_id = ${networkId}`;
  await sql`delete from chain_hours where network_id = ${networkId}`;
  await sql`delete from chain_validator_hours where network_id = ${networkId}`;
  await sql`
    insert into chain_hours (network_id, hour_at, recorded_blocks)
    select ${networkId}, date_trunc('hour', now()) - hour * interval '1 hour', 3600 from generate_series(0, 719) hour`;
  await sql`
    insert into chain_validator_hours (network_id, consensus_address_hex, hour_at, signed_blocks, missed_blocks)
    select ${networkId}, address, date_trunc('hour', now()) - hour * interval '1 hour', 3590, 10
    from unnest(${addresses}::text[]) address, generate_series(0, 719) hour`;
  const operators = set.map(({ operatorAddress }) => operatorAddress);
  await sql`delete from chain_validator_samples where network_id = ${networkId}`;
  await sql`
    insert into chain_validator_samples (network_id, operator_address, at, tokens_base_units, rank, bonded_base_units, commission_rate,
      missed_blocks, delegator_count, outstanding_rewards_base_units, outstanding_commission_base_units, apr_before_commission)
    select ${networkId}, operator, date_bin('10 minutes', now(), 'epoch') - look * interval '10 minutes', 1000000 + look, place, 150000000, '0.1',
      look % 7, 12, 100 * look, 10 * look, '0.12'
    from unnest(${operators}::text[]) with ordinality as listed(operator, place), generate_series(0, 1007) look`;
}
