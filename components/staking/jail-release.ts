import { formatDuration } from "@/lib/format/format-duration";

type JailClock = {
  /** RFC 3339; null where the chain keeps no record, which ends no jail later. */
  readonly jailedUntil: string | null;
  /** Time of the chain's newest block; null where none is known. */
  readonly chainAtMs: number | null;
  readonly nowMs: number;
};

/** Whether the time in jail is over, and what to say of it. The chain releases by its own clock, which stands still from one block to the next. */
export function jailRelease({ jailedUntil, chainAtMs, nowMs }: JailClock): { isOver: boolean; sentence: string } {
  const untilMs = jailedUntil === null ? Number.NEGATIVE_INFINITY : Date.parse(jailedUntil);
  if ((chainAtMs ?? nowMs) >= untilMs) {
    return { isOver: true, sentence: "Jailed. The time in jail is over: it can be released now." };
  }
  const leftMs = Math.ceil((untilMs - nowMs) / 1_000) * 1_000;
  return {
    isOver: false,
    sentence:
      leftMs > 0
        ? `Jailed. It can be released in ${formatDuration(leftMs)}.`
        : "Jailed. It can be released once the chain has made its next block.",
  };
}
