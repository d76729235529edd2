/** How long after its sign state last moved a signer counts as one that signs. */
export const SIGNING_WINDOW_SECONDS = 5 * 60;
/** A node of ours is not started within this time after another machine signed with its key. */
export const SIGNED_ELSEWHERE_SECONDS = 10 * 60;

/** When a signer's sign state moved: last, and since when it has without a pause. */
export type SigningSpan = { readonly signAdvancedAt: Date | null; readonly signAdvancingSince: Date | null };

/** The span after one more report, in which the sign state had moved up or not. */
export function nextSpan(before: SigningSpan, hasAdvanced: boolean, now: Date): SigningSpan {
  if (!hasAdvanced) return before;
  const { signAdvancedAt, signAdvancingSince } = before;
  const isOneSpan =
    signAdvancedAt !== null && now.getTime() - signAdvancedAt.getTime() <= SIGNING_WINDOW_SECONDS * 1_000;
  return { signAdvancedAt: now, signAdvancingSince: (isOneSpan ? signAdvancingSince : null) ?? now };
}

/**
 * Whether two machines sign with one key: both moved within the window, and each moved again after the other had begun. A node that was moved from
 * one machine to another is none: the old one fell silent before the new one began.
 */
export function signTogether(one: SigningSpan, other: SigningSpan, now: Date): boolean {
  const isRecent = ({ signAdvancedAt }: SigningSpan) =>
    signAdvancedAt !== null && now.getTime() - signAdvancedAt.getTime() <= SIGNING_WINDOW_SECONDS * 1_000;
  if (!isRecent(one) || !isRecent(other)) return false;
  const movedAfter = (mover: SigningSpan, began: SigningSpan) =>
    mover.signAdvancedAt !== null &&
    began.signAdvancingSince !== null &&
    mover.signAdvancedAt > began.signAdvancingSince;
  return movedAfter(one, other) && movedAfter(other, one);
}

/** Whether the machine signed so lately that nothing else may be started with its key. */
export const hasSignedLately = ({ signAdvancedAt }: SigningSpan, now: Date): boolean =>
  signAdvancedAt !== null && now.getTime() - signAdvancedAt.getTime() <= SIGNED_ELSEWHERE_SECONDS * 1_000;
