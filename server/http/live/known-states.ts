import type { JsonValue } from "@/lib/live/json-value";

/** States that were sent lately, so that who held one of them gets the steps from it and not all of the next one. */
export type KnownStates = {
  /** Answers how long the state is as text. */
  readonly keep: (key: string, hash: string, state: JsonValue) => number;
  readonly find: (key: string, hash: string) => JsonValue | undefined;
};

/** Characters of all of them together with their names, which hold the input as its caller wrote it. */
const MAX_LENGTH = 16_000_000;

/** Keeps the latest states up to a size; of what was forgotten the client gets the whole state. */
export function createKnownStates(maxLength: number = MAX_LENGTH): KnownStates {
  const texts = new Map<string, string>();
  let length = 0;
  const forget = (name: string) => {
    const text = texts.get(name);
    if (text === undefined) return;
    length -= name.length + text.length;
    texts.delete(name);
  };
  return {
    keep: (key, hash, state) => {
      const name = `${key} ${hash}`;
      const text = JSON.stringify(state);
      forget(name);
      texts.set(name, text);
      length += name.length + text.length;
      for (const oldest of texts.keys()) {
        if (length <= maxLength) break;
        forget(oldest);
      }
      return text.length;
    },
    find: (key, hash) => {
      const text = hash === "" ? undefined : texts.get(`${key} ${hash}`);
      return text === undefined ? undefined : (JSON.parse(text) as JsonValue);
    },
  };
}
