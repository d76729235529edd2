import type { Json } from "./component-schemas";

/** What a field's name says of its unit, where the schema itself says nothing; the first that fits. */
const UNITS: readonly [pattern: RegExp, words: string][] = [
  [/^(id|.*Id)$/, "Public id, with the prefix of its kind; text that is only compared."],
  [/Ids$/, "Public ids."],
  [/(BaseUnits|^selfDelegation|^minSelfDelegation|^tokens)$/, "Base units of the network's coin, as a decimal string."],
  [/MinorUnits$/, "Minor units of the currency named beside it."],
  [/^amount$/, "In the unit named beside it, as a decimal string; null where it is not known yet."],
  [/(At|Until|^since|^until)$/, "Instant in ISO 8601, UTC."],
  [/Ms$/, "Milliseconds."],
  [/(Seconds|^expiresIn)$/, "Seconds."],
  [/Bytes$/, "Bytes."],
  [/Percent$/, "Percent, 0 to 100."],
  [/Gb$/, "Gigabytes."],
  [/Gbps$/, "Gigabits a second."],
];

/** Examples by name, for what neither a type nor a limit of the schema suggests. */
const EXAMPLES: readonly [pattern: RegExp, value: string][] = [
  [/^(ipAddress|internalIp)$/, "192.0.2.10"],
  [/^hostname$/, "fra1-host-07.example.org"],
  [/(^address|Address)$/, "omni1qypqxpq9qcrsszg2pvxq6rs0zqg3yyc5lzv7xu"],
  [/(BaseUnits|^selfDelegation|^minSelfDelegation|^tokens|^votingPower)$/, "1000000"],
  [/^commission/, "0.1"],
  [/(At|Until)$/, "2026-11-27T08:00:00.000Z"],
  [/Height/, "1042"],
  [/^scope$/, "validators:read"],
  [/^(low|average|high)$/, "0.025"],
  [/^nonce$/, "9f86d081884c7d659a2feaa0c55ad015"],
  [/^pubkey$/, "A0f5tH9Gx1yC7zBq2mZpQe0s8d3kLw4nVb6uXj1rTa9E"],
  [/^regionCode$/, "us-east"],
  [/^(networkId|chainId)$/, "omniphi-testnet-2"],
  [/Url$/, "https://example.org/"],
];
const UUID = "01929d3e-7b1c-7a44-9c1e-3f8f6c2d9a10";

const asJson = (value: unknown): Json => (value !== null && typeof value === "object" ? (value as Json) : {});
const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(asJson) : []);

/** The schema with a unit for each field whose name has one and whose schema says nothing. */
export function withUnits(schema: Json): Json {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        key === "properties"
          ? Object.fromEntries(
              Object.entries(asJson(inner)).map(([name, one]) => [name, told(name, walk(one) as Json)]),
            )
          : walk(inner),
      ]),
    );
  };
  return asJson(walk(schema));
}

/** The field's schema with its unit. */
export function told(name: string, schema: Json): Json {
  const unit = UNITS.find(([pattern]) => pattern.test(name))?.[1];
  return unit === undefined || schema.description !== undefined ? schema : { ...schema, description: unit };
}

function textOf(name: string, schema: Json): string {
  const prefix = /^\^(?:\(\?:)?([a-z]{3,4})_/.exec(String(schema.pattern ?? ""))?.[1];
  if (prefix !== undefined) return `${prefix}_${UUID}`;
  if (schema.format === "date-time") return "2026-11-27T08:00:00.000Z";
  const named = EXAMPLES.find(([pattern]) => pattern.test(name))?.[1];
  return (named ?? "text").padEnd(Number(schema.minLength ?? 0), "x");
}

/** An example of what a schema without references takes, the same each time. */
export function exampleOf(name: string, schema: Json): unknown {
  if (Array.isArray(schema.examples)) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if (schema.default !== undefined) return schema.default;
  const [option] = [...listOf(schema.anyOf), ...listOf(schema.oneOf)].filter((one) => one.type !== "null");
  if (option) return exampleOf(name, option);
  switch (schema.type) {
    case "object": {
      const required = Array.isArray(schema.required) ? schema.required : [];
      const fields = Object.entries(asJson(schema.properties)).filter(([field]) => required.includes(field));
      return Object.fromEntries(fields.map(([field, inner]) => [field, exampleOf(field, asJson(inner))]));
    }
    case "array":
      return [exampleOf(name.replace(/s$/, ""), asJson(schema.items))];
    case "boolean":
      return true;
    case "integer":
    case "number":
      return Math.max(1, Number(schema.minimum ?? 1));
    case "string":
      return textOf(name, schema);
    default:
      return null;
  }
}
