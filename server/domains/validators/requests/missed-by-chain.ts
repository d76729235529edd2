import { consensusAddressHexOf } from "@/lib/chain/key-address";
import type { listValidatorFacts } from "@/server/domains/chain";
import type { SetupRow } from "./repository";

type Facts = Awaited<ReturnType<typeof listValidatorFacts>>[number];

/** A validator that no look ever showed is held for gone after this long: the record of its first days may have been thrown away. */
const NEVER_SEEN_MINUTES = 10;

/** How chain knows the request's validator. */
export const chainRefOf = ({
  networkId,
  operatorAddress,
  consensusPubkey,
}: Pick<SetupRow, "networkId" | "operatorAddress" | "consensusPubkey">) => ({
  networkId,
  operatorAddress,
  consensusAddressHex: consensusPubkey === null ? null : consensusAddressHexOf(consensusPubkey),
});

/**
 * Whether the watcher's looks go on without the validator: gone at one height and still at a later one, there with another key, or never seen
 * although it is active for long. Worth asking the chain itself; not yet an answer.
 */
export function isMissedByChain(
  setup: Pick<SetupRow, "consensusPubkey" | "completedAt">,
  { seen, lookedAt, lookedAtHeightBlocks }: Facts,
  now: Date,
): boolean {
  if (lookedAt === null || lookedAtHeightBlocks === null) return false;
  if (seen === null) {
    return setup.completedAt !== null && now.getTime() - setup.completedAt.getTime() > NEVER_SEEN_MINUTES * 60_000;
  }
  if (seen.removedAt !== null)
    return seen.removedHeightBlocks === null || seen.removedHeightBlocks < lookedAtHeightBlocks;
  return seen.consensusPubkeyBase64 !== setup.consensusPubkey;
}

/** Whether the chain saw this very key sign twice: it never signs again. */
export const isShutOut = ({ consensusPubkey }: Pick<SetupRow, "consensusPubkey">, { seen }: Facts): boolean =>
  seen?.tombstoned === true && seen.consensusPubkeyBase64 === consensusPubkey;
