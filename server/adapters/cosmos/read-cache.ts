/** How long an answer may serve again: `block` facts until the chain moves on, at most 5 s; `params` for 60 s; `final` facts never change. */
export type Freshness = "block" | "params" | "final";

const MAX_AGE_MS: Record<Freshness, number> = { block: 5_000, params: 60_000, final: 60_000 };
const MAX_ENTRIES = 2_000;

type Entry = { readonly value: unknown; readonly storedAtMs: number; readonly tip: bigint | null };

/** Answers of one network by question, tied to the height at which they were given. */
export class ReadCache {
  readonly #entries = new Map<string, Entry>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** The kept answer when it is fresh enough; undefined otherwise. */
  get(
    key: string,
    freshness: Freshness,
    tip: bigint | null,
    maxAgeMs: number | undefined,
  ): { readonly value: unknown } | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    const limitMs = Math.min(maxAgeMs ?? Number.POSITIVE_INFINITY, MAX_AGE_MS[freshness]);
    if (this.#nowMs() - entry.storedAtMs >= limitMs) return undefined;
    if (freshness === "block" && entry.tip !== tip) return undefined;
    return entry;
  }

  set(key: string, value: unknown, tip: bigint | null): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, storedAtMs: this.#nowMs(), tip });
    const oldest = this.#entries.keys().next();
    if (this.#entries.size > MAX_ENTRIES && oldest.done !== true) this.#entries.delete(oldest.value);
  }
}
