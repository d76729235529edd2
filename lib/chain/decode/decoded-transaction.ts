/** One value of a transaction as a person reads it; the list of all of them leaves out nothing of the signed bytes. */
export type DecodedField = {
  /** Stable place, e.g. `messages[0].commission.rate`; equal for protobuf and amino. */
  readonly path: string;
  /** Labels of what it is inside of, e.g. `Commission`; empty at the top. */
  readonly group: string;
  readonly label: string;
  /** For the eye: grouped digits, percent, quoted text with invisible characters written out. */
  readonly display: string;
  /** Exact value, for comparing. */
  readonly raw: string;
  /** Can never be changed after the transaction. */
  readonly permanent: boolean;
  /** Nobody here knows what it does; `display` holds all of its bytes. */
  readonly unknown: boolean;
};

export type DecodedMessage = {
  readonly typeUrl: string;
  /** One sentence without its full stop. */
  readonly title: string;
  readonly known: boolean;
  readonly fields: readonly DecodedField[];
};

export type DecodedTransaction = {
  readonly encoding: "direct" | "amino";
  readonly messages: readonly DecodedMessage[];
  /** Chain, account, sequence, fee, memo and limits; never empty. */
  readonly envelope: readonly DecodedField[];
  /** Whether any message, field or extension is not understood. */
  readonly hasUnknown: boolean;
  /** What a careful reader should stop at, in full sentences. */
  readonly warnings: readonly string[];
  /** Code of the exact bytes; see `fingerprintOf`. */
  readonly fingerprint: string;
};

/** How base units of a denom are shown. */
export type DenomDisplay = { readonly base: string; readonly display: string; readonly exponent: number };

/** What the decoder may know of the network; it changes how things read, never what is shown. */
export type DecodeOptions = { readonly denoms?: readonly DenomDisplay[] };

/** Every field, envelope first, then the messages in order. */
export function allFields(decoded: DecodedTransaction): readonly DecodedField[] {
  return [...decoded.envelope, ...decoded.messages.flatMap((message) => message.fields)];
}

/** The sheet as lines of text: titles, every field, what is permanent, warnings, and the fingerprint last. */
export function describeTransaction(decoded: DecodedTransaction): readonly string[] {
  const line = (field: DecodedField): string => {
    const place = field.group === "" ? field.label : `${field.group} / ${field.label}`;
    const marks = `${field.permanent ? " (can never be changed)" : ""}${field.unknown ? " (unknown)" : ""}`;
    return `${place}: ${field.display}${marks}`;
  };
  return [
    ...decoded.messages.flatMap((message, index) => [`${index + 1}. ${message.title}`, ...message.fields.map(line)]),
    ...decoded.envelope.map(line),
    ...decoded.warnings.map((warning) => `Warning: ${warning}`),
    `Fingerprint: ${decoded.fingerprint}`,
  ];
}
