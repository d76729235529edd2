/**
 * What a check came to: `passed` and `failed` count tests, or the check itself as one when it has none; `output` is shown
 * when something failed. `files` says how long each test file took, as `{ path, elapsedMs }`.
 */
export const checkResult = ({ passed = 0, failed = 0, skipped = 0, note = "", output = [], files = [] }) => ({
  passed,
  failed,
  skipped,
  note,
  output,
  files,
});

/** The result of a check that could not run: it counts as failed. */
export const crashed = (note, output = []) => checkResult({ failed: 1, note, output });

/** The counts as a phrase, such as `12 passed, 1 failed`. */
export function phraseCounts({ passed, failed, skipped, note }) {
  const parts = [`${passed} passed`, `${failed} failed`];
  if (skipped > 0) parts.push(`${skipped} skipped`);
  if (note) parts.push(note);
  return parts.join(", ");
}
