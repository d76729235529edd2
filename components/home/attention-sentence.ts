import type { State } from "@/components/state/state";
import type { AttentionItem } from "@/server/kernel/attention";

/** What the products answered together; `silent` names those that could not be read. */
export type AttentionRead = {
  readonly items: readonly AttentionItem[];
  readonly isComplete: boolean;
  readonly silent: readonly string[];
  /** Whether the organisation has anything that could run; undefined while that is not known. */
  readonly hasAnything?: boolean | undefined;
  /** How the validators stand that the page shows and that should run. */
  readonly running?: readonly State[] | undefined;
};

const validators = (count: number): string => (count === 1 ? "1 validator" : `${count} validators`);
const things = (count: number): string => (count === 1 ? "1 thing" : `${count} things`);

/** The first sentence of the home page. What could not be read is never told as quiet. */
export function attentionSentence({ items, isComplete, silent, hasAnything, running = [] }: AttentionRead): {
  readonly state: State;
  readonly word: string;
  readonly sentence: string;
} {
  const waiting = items.filter(({ state }) => state !== "moving").length;
  const moving = items.length - waiting;
  const also = [
    moving > 0 ? `${things(moving)} under way.` : "",
    silent.length > 0 ? `${silent.join(" and ")} could not be read.` : "",
    isComplete ? "" : "There is more than this page looks at.",
  ].filter((part) => part !== "");
  const rest = also.join(" ");
  if (waiting > 0) {
    const state = items.some((item) => item.state === "danger") ? "danger" : "attention";
    return { state, word: `${things(waiting)} ${waiting === 1 ? "needs" : "need"} you`, sentence: rest };
  }
  if (silent.length > 0 || !isComplete) return { state: "unknown", word: "Not all is known", sentence: rest };
  if (moving > 0) return { state: "moving", word: "Nothing needs you", sentence: rest };
  if (hasAnything === false) return { state: "off", word: "Nothing needs you", sentence: "Nothing runs here yet." };
  const unknown = running.filter((state) => state === "unknown").length;
  if (unknown > 0) {
    return { state: "unknown", word: "Not all is known", sentence: `${validators(unknown)} cannot be judged now.` };
  }
  const behind = running.filter((state) => state === "moving").length;
  if (behind > 0) {
    return {
      state: "moving",
      word: "Nothing needs you",
      sentence: `${validators(behind)} still on the way to being in sync.`,
    };
  }
  return { state: "ok", word: "Nothing needs you", sentence: "Whatever should run, runs." };
}
