import type { DecodedField, DecodeOptions } from "./decoded-transaction";
import { quoteText, showWord } from "./display-text";
import { type FieldSchema, NOT_GIVEN, type TransactionMessageSchema } from "./message-schema";
import { type Scalar, type Shown, showScalar } from "./show-scalar";
import { malformed } from "./transaction-decode-error";

/** Deepest nesting that is read; more is refused rather than shown unread. */
export const MAX_DEPTH = 8;

/** Where a field is: its path for machines, the labels around it for people, and how deep. */
export type Place = { readonly path: string; readonly group: string; readonly depth: number };

/** The top of a transaction. */
export const TOP: Place = { path: "", group: "", depth: 0 };

/** A place inside another. @throws TransactionDecodeError when nested too deep */
export function inside(place: Place, name: string, label: string): Place {
  if (place.depth >= MAX_DEPTH) malformed("Messages are nested deeper than can be shown.");
  return {
    path: place.path === "" ? name : `${place.path}.${name}`,
    group: place.group === "" ? label : `${place.group} / ${label}`,
    depth: place.depth + 1,
  };
}

const pathIn = (place: Place, name: string): string => (place.path === "" ? name : `${place.path}.${name}`);

/** A known field with a value. */
export function scalarField(
  place: Place,
  schema: FieldSchema,
  name: string,
  scalar: Scalar,
  options: DecodeOptions,
): DecodedField {
  const shown = showScalar(scalar, schema.type, options);
  const { sentinel } = schema;
  // Text is shown in quotes, so that these words can be nobody's text.
  const meant = sentinel && shown.raw === sentinel.text ? { ...shown, display: sentinel.words } : shown;
  return plainField(place, name, schema.label, meant, schema.permanent === true);
}

/** A field whose words are already found. */
export function plainField(place: Place, name: string, label: string, shown: Shown, permanent = false): DecodedField {
  return { path: pathIn(place, name), group: place.group, label, unknown: false, ...shown, permanent };
}

/** A field that nobody here knows, with all that it holds. */
export function unknownField(place: Place, name: string, label: string, content: string): DecodedField {
  return {
    path: pathIn(place, name),
    group: place.group,
    label,
    display: content,
    raw: content,
    permanent: false,
    unknown: true,
  };
}

/** The type of a nested message, as its first line. */
export function typeField(place: Place, typeName: string, known: boolean): DecodedField {
  return {
    path: pathIn(place, "@type"),
    group: place.group,
    label: "Type",
    display: showWord(typeName),
    raw: typeName,
    permanent: false,
    unknown: !known,
  };
}

/** A message that is there but says nothing differs from one that is not there. */
export function emptyField(place: Place): DecodedField {
  return {
    path: pathIn(place, "@empty"),
    group: place.group,
    label: "Content",
    display: "empty",
    raw: "",
    permanent: false,
    unknown: false,
  };
}

/** The sentence of a message, made from its own fields as they are displayed. */
export function titleOf(schema: TransactionMessageSchema, path: string, fields: readonly DecodedField[]): string {
  const show = (relative: string): string =>
    fields.find((field) => field.path === `${path}.${relative}`)?.display ?? NOT_GIVEN;
  const count = (relative: string): number => {
    const indexes = fields
      .map((field) => field.path.slice(path.length + 1))
      .filter((rest) => rest.startsWith(`${relative}[`));
    return new Set(indexes.map((rest) => rest.slice(0, rest.indexOf("]")))).size;
  };
  return schema.title(show, count);
}

/** The sentence of a message that is not known. */
export function unknownTitle(typeName: string): string {
  return `Unknown message ${quoteText(typeName)}: nobody here can say what it does`;
}
