/** How a sentence calls a field that the message does not hold. */
export const NOT_GIVEN = "(not given)";

/** Single values that need no more to be said of them. */
export type PlainFieldType =
  | "text"
  | "address"
  | "uint"
  | "int"
  | "bool"
  | "bytes"
  | "coin"
  | "base_units"
  | "timestamp";

/** How one field of a message is read and shown. `dec` is atomics in protobuf and a decimal in amino; `dec_text` is a decimal in both. */
export type FieldType =
  | { readonly is: PlainFieldType }
  | { readonly is: "dec" | "dec_text"; readonly percent: boolean }
  | { readonly is: "enum"; readonly names: Readonly<Record<number, string>> }
  | { readonly is: "message"; readonly schema: MessageSchema }
  | { readonly is: "any"; readonly of: "message" | "pubkey" | "authorization" | "allowance" | "extension" };

export type FieldSchema = {
  readonly number: number;
  /** Name in the `.proto` file. */
  readonly name: string;
  /** Name in amino JSON where it differs. */
  readonly aminoName?: string;
  /** Words for a person. */
  readonly label: string;
  readonly type: FieldType;
  readonly repeated?: boolean;
  /** Can never be changed after the transaction. */
  readonly permanent?: boolean;
  /** A text that the chain takes for something else than itself, and what it means in words. */
  readonly sentinel?: { readonly text: string; readonly words: string };
};

export type MessageSchema = {
  readonly fields: readonly FieldSchema[];
  /** Names of fields of which a message holds one at most (`oneof`): of two, a chain keeps the last. */
  readonly oneOf?: readonly string[];
};

/** A message of a transaction: its names in both encodings, and its sentence. `show` gives a field by its path, as it is displayed. */
export type TransactionMessageSchema = MessageSchema & {
  readonly typeUrl: string;
  readonly aminoType: string;
  /** Field whose account must sign (`cosmos.msg.v1.signer`); null for what is no message of its own. */
  readonly signer: string | null;
  readonly title: (show: (path: string) => string, count: (path: string) => number) => string;
};

/** Shorthand for a field. */
export function field(
  number: number,
  name: string,
  label: string,
  type: FieldType | PlainFieldType,
  extra: Pick<FieldSchema, "aminoName" | "repeated" | "permanent" | "sentinel"> = {},
): FieldSchema {
  return { number, name, label, type: typeof type === "string" ? { is: type } : type, ...extra };
}

/** The coins of a list as a sentence names them. */
export const coinsOf = (show: (path: string) => string, count: (path: string) => number, path: string): string =>
  Array.from({ length: count(path) }, (_, index) => show(`${path}[${index}]`)).join(" and ") || "nothing";
