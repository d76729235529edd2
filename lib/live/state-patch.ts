import { isJsonObject, type JsonObject, type JsonValue } from "./json-value";

/*
 * What turns one state into the next, for states that mostly stay as they are: fields that changed, and lists that lose items at their beginning
 * and gain some at their end, as the newest blocks and lines of a log do.
 */

type Path = readonly (string | number)[];
export type PatchStep =
  | readonly ["set", Path, JsonValue]
  | readonly ["drop", Path]
  /** How many items leave at the beginning, and what joins at the end. */
  | readonly ["shift", Path, number, readonly JsonValue[]];
export type StatePatch = readonly PatchStep[];

/** Lists beyond this are sent whole where they changed. */
const MAX_COMPARED_ITEMS = 2_000;

const isSame = (a: JsonValue, b: JsonValue): boolean => {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, place) => isSame(item, b[place] as JsonValue));
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSame(a[name] as JsonValue, b[name] as JsonValue))
  );
};

/** How many of the first list's items have to leave so that the rest begins the second one; undefined where nothing of it would stay. */
function shiftBetween(a: readonly JsonValue[], b: readonly JsonValue[]): number | undefined {
  for (let left = Math.max(0, a.length - b.length); left < a.length; left += 1) {
    let place = left;
    while (place < a.length && isSame(a[place] as JsonValue, b[place - left] as JsonValue)) place += 1;
    if (place === a.length) return left;
  }
  return undefined;
}

const sizeOf = (steps: StatePatch): number => JSON.stringify(steps).length;

function listSteps(a: readonly JsonValue[], b: readonly JsonValue[], path: Path): StatePatch {
  const whole: StatePatch = [["set", path, b]];
  if (a.length > MAX_COMPARED_ITEMS || b.length > MAX_COMPARED_ITEMS) return whole;
  const left = shiftBetween(a, b);
  const shifted: StatePatch = left === undefined ? whole : [["shift", path, left, b.slice(a.length - left)]];
  if (a.length !== b.length) return shifted;
  const each = b.flatMap((item, place) => stepsBetween(a[place] as JsonValue, item, [...path, place]));
  return sizeOf(each) < sizeOf(shifted) ? each : shifted;
}

function objectSteps(a: JsonObject, b: JsonObject, path: Path): StatePatch {
  const gone = Object.keys(a).filter((name) => !Object.hasOwn(b, name));
  return [
    ...gone.map((name) => ["drop", [...path, name]] as const),
    ...Object.entries(b).flatMap(([name, value]) =>
      Object.hasOwn(a, name)
        ? stepsBetween(a[name] as JsonValue, value, [...path, name])
        : [["set", [...path, name], value] as const],
    ),
  ];
}

function stepsBetween(a: JsonValue, b: JsonValue, path: Path): StatePatch {
  if (isSame(a, b)) return [];
  if (Array.isArray(a) && Array.isArray(b)) return listSteps(a, b, path);
  if (isJsonObject(a) && isJsonObject(b)) return objectSteps(a, b, path);
  return [["set", path, b]];
}

/** The steps from one state to the other; none where they are the same. */
export const patchBetween = (before: JsonValue, after: JsonValue): StatePatch => stepsBetween(before, after, []);

function changedAt(
  value: JsonValue,
  path: Path,
  change: (inner: JsonValue | undefined) => JsonValue | undefined,
): JsonValue {
  const [name, ...rest] = path;
  if (name === undefined) return change(value) ?? null;
  if (Array.isArray(value) && typeof name === "number") {
    return value.map((item, place) => (place === name ? changedAt(item, rest, change) : item));
  }
  if (!isJsonObject(value)) throw new Error("the patch is not one of this state");
  const inner = Object.hasOwn(value, name) ? (value[name] as JsonValue) : undefined;
  const next = rest.length === 0 ? change(inner) : inner === undefined ? undefined : changedAt(inner, rest, change);
  // From entries, not by assignment: `__proto__` is a name like any other here.
  const others = Object.entries(value).filter(([other]) => other !== String(name));
  return Object.fromEntries(next === undefined ? others : [...others, [String(name), next]]);
}

function takeStep(value: JsonValue, step: PatchStep): JsonValue {
  const [kind, path] = step;
  if (kind === "set") return changedAt(value, path, () => step[2]);
  if (kind === "drop") return changedAt(value, path, () => undefined);
  return changedAt(value, path, (list) => {
    if (!Array.isArray(list)) throw new Error("the patch is not one of this state");
    return [...list.slice(step[2]), ...step[3]];
  });
}

/** The state after the steps; what did not change is the same object as before. Throws where the patch is not one of this state. */
export const patched = (before: JsonValue, patch: StatePatch): JsonValue => patch.reduce(takeStep, before);
