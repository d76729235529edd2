/**
 * How anything stands, in six kinds. `ok`, `attention` and `danger` judge; `moving` says that work is under way;
 * `off` was switched off by somebody; `unknown` could not be read, and is never drawn as anything else.
 */
export const STATES = ["ok", "attention", "danger", "moving", "off", "unknown"] as const;

/** One of {@link STATES}. */
export type State = (typeof STATES)[number];

/** Text colour of each state. */
export const STATE_TEXT: Record<State, string> = {
  ok: "text-ok-text",
  attention: "text-attention-text",
  danger: "text-danger-text",
  moving: "text-accent",
  off: "text-ink-muted",
  unknown: "text-ink-muted",
};

/** Fill or stroke colour of each state's shape, by `currentColor`. */
export const STATE_MARK: Record<State, string> = {
  ok: "text-ok-mark",
  attention: "text-attention-mark",
  danger: "text-danger-mark",
  moving: "text-accent",
  off: "text-unknown-mark",
  unknown: "text-unknown-mark",
};
