import { LOOK_GAP_SECONDS, type MissCause, NODE_CONDITIONS, type NodeCondition } from "../constants";

/** A time in which every look found the node in the same condition. */
export type Spell = {
  readonly condition: NodeCondition;
  readonly beganMs: number;
  readonly lastLookMs: number;
};

const GAP_MS = LOOK_GAP_SECONDS * 1_000;

/**
 * Why a block was not signed, by how its node was looked at in the time when it would have signed. Between two looks that are not far apart both
 * may be true, and the one that explains more is taken; where nobody looked it is unknown. `spells` are in the order of time.
 */
export function missCause(
  miss: { readonly fromMs: number; readonly toMs: number },
  spells: readonly Spell[],
): MissCause {
  const found = new Set<NodeCondition>();
  spells.forEach((spell, place) => {
    const [before, after] = [spells[place - 1], spells[place + 1]];
    const isAfterLook = before !== undefined && spell.beganMs - before.lastLookMs <= GAP_MS;
    const isBeforeLook = after !== undefined && after.beganMs - spell.lastLookMs <= GAP_MS;
    const fromMs = isAfterLook ? before.lastLookMs : spell.beganMs;
    const toMs = isBeforeLook ? after.beganMs : spell.lastLookMs;
    if (fromMs <= miss.toMs && toMs >= miss.fromMs) found.add(spell.condition);
  });
  return NODE_CONDITIONS.find((condition) => found.has(condition)) ?? "unknown";
}
