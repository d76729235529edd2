import { allFields, type DecodedField, type DecodedTransaction } from "./decoded-transaction";

/** One value that differs between what was asked for and what came back. Null means that the side does not have it. */
export type FieldDiff = {
  readonly path: string;
  readonly label: string;
  readonly expected: string | null;
  readonly actual: string | null;
  readonly permanent: boolean;
};

/** Present in one encoding only, so not a difference of meaning: amino leaves key and mode to the envelope around it. */
const ENCODING_ONLY = new Set(["signer_infos[0].public_key", "signer_infos[0].mode_info.single.mode"]);

/** How a difference is named in a sentence: "Amount" alone could be the stake's or the fee's. */
export const changedFieldName = (diff: Pick<FieldDiff, "path" | "label">): string =>
  diff.path.startsWith("fee") ? `Fee: ${diff.label}` : diff.label;

/** Every field that differs, in the order of the expected transaction, additions last; empty means that both say the same. */
export function diffTransactions(expected: DecodedTransaction, actual: DecodedTransaction): readonly FieldDiff[] {
  const sameEncoding = expected.encoding === actual.encoding;
  const before = indexed(expected, sameEncoding);
  const after = indexed(actual, sameEncoding);
  const paths = [...before.keys(), ...[...after.keys()].filter((path) => !before.has(path))];
  return paths.flatMap((path) => {
    const was = before.get(path);
    const is = after.get(path);
    if (was?.raw === is?.raw) return [];
    const named = was ?? is;
    return named === undefined
      ? []
      : [
          {
            path,
            label: named.label,
            expected: was?.display ?? null,
            actual: is?.display ?? null,
            permanent: named.permanent,
          },
        ];
  });
}

function indexed(decoded: DecodedTransaction, sameEncoding: boolean): ReadonlyMap<string, DecodedField> {
  return new Map(
    allFields(decoded)
      // The empty list of amino is protobuf's absence.
      .filter((field) => sameEncoding || !(ENCODING_ONLY.has(field.path) || field.path.endsWith("[]")))
      .map((field) => [field.path, field]),
  );
}
