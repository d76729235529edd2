import type { Executor } from "@/db/client";
import { newestHeights } from "../blocks/block-range";
import { recentSigning } from "../blocks/recent-signing";
import { findState, listSigning } from "../blocks/repository";
import type { RecentSigning } from "../blocks/schemas";
import { RECENT_BLOCKS } from "../constants";
import { missBudgetOf } from "./miss-budget";
import { listValidatorsByOperators, type ValidatorRow } from "./repository";
import type { ValidatorFacts } from "./schemas";

/** Which validator is meant, and the key whose signatures are looked at; null where there is none yet. */
export type ValidatorRef = {
  readonly networkId: string;
  readonly operatorAddress: string;
  readonly consensusAddressHex: string | null;
};

/** How many validators one reading of blocks is asked for. */
const READ_AT_ONCE = 100;

/** What is recorded of each of these validators, in their order. */
export async function listValidatorFacts(
  db: Executor,
  refs: readonly ValidatorRef[],
): Promise<readonly ValidatorFacts[]> {
  const ofNetwork = new Map<string, (ref: ValidatorRef) => ValidatorFacts>();
  for (const networkId of new Set(refs.map((ref) => ref.networkId))) {
    ofNetwork.set(
      networkId,
      await readFactsOf(
        db,
        networkId,
        refs.filter((ref) => ref.networkId === networkId),
      ),
    );
  }
  return refs.map((ref) => ofNetwork.get(ref.networkId)?.(ref) ?? NOTHING_RECORDED);
}

const NOTHING_RECORDED: ValidatorFacts = {
  lookedAt: null,
  lookedAtHeightBlocks: null,
  seen: null,
  misses: null,
  signing: null,
};

async function readFactsOf(db: Executor, networkId: string, refs: readonly ValidatorRef[]) {
  const state = await findState(db, networkId);
  if (state === undefined) return () => NOTHING_RECORDED;
  const operators = refs.map((ref) => ref.operatorAddress);
  const seen = new Map(
    (await listValidatorsByOperators(db, networkId, operators)).map((row) => [row.operatorAddress, row]),
  );
  const signing = await readSigning(
    db,
    networkId,
    state.contiguousHeightBlocks,
    refs.flatMap((ref) => ref.consensusAddressHex ?? []),
  );
  return ({ operatorAddress, consensusAddressHex }: ValidatorRef): ValidatorFacts => {
    const row = seen.get(operatorAddress);
    return {
      lookedAt: state.syncedAt,
      lookedAtHeightBlocks: state.syncedHeightBlocks,
      seen: row ?? null,
      misses: row === undefined ? null : missesOf(row, state.slashingParams),
      signing: (consensusAddressHex === null ? undefined : signing.get(consensusAddressHex)) ?? null,
    };
  };
}

async function readSigning(
  db: Executor,
  networkId: string,
  newest: bigint | null,
  addressesHex: readonly string[],
): Promise<ReadonlyMap<string, RecentSigning>> {
  const found = new Map<string, RecentSigning>();
  if (newest === null) return found;
  const range = newestHeights(newest, RECENT_BLOCKS);
  for (let start = 0; start < addressesHex.length; start += READ_AT_ONCE) {
    const chunk = addressesHex.slice(start, start + READ_AT_ONCE);
    const rowsOfEach = await listSigning(db, networkId, chunk, range);
    for (const [place, address] of chunk.entries()) found.set(address, recentSigning(rowsOfEach[place] ?? [], range));
  }
  return found;
}

function missesOf(
  row: ValidatorRow,
  params: { readonly signedBlocksWindow: number; readonly minSignedPerWindow: string } | null,
): ValidatorFacts["misses"] {
  if (params === null || row.missedBlocks === null) return null;
  const { left, allowedMisses } = missBudgetOf(params, {
    missedBlocks: row.missedBlocks,
    startHeightBlocks: row.signingStartHeightBlocks ?? 0n,
    heightBlocks: row.syncedHeightBlocks,
  });
  return { left, allowed: allowedMisses, windowBlocks: params.signedBlocksWindow };
}
