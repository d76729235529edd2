/** Names of parameters with values that something has: half of the cases look for what is there, the others for anything. */
export type Known = Readonly<Record<string, readonly string[]>>;

const CHECKS = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_headers_conformance",
  "response_schema_conformance",
];

/** The settings of one run. What stands outside here is a double that does not know everything: that it refuses, or is silent, is no fault of ours. */
export function settingsFor(known: Known): string {
  const names = Object.keys(known);
  return [
    "continue-on-failure = true",
    "workers = 1",
    "request-timeout = 30.0",
    "max-stream-events = 3",
    'suppress-health-check = ["all"]',
    "[checks]",
    "enabled = false",
    ...CHECKS.map((check) =>
      check === "not_a_server_error"
        ? `${check} = { enabled = true, expected-statuses = ["2xx", "3xx", "4xx", 502, 503, 504] }`
        : `${check} = { enabled = true }`,
    ),
    ...names.flatMap((name) => [`[dictionaries.${name}]`, `values = ${JSON.stringify(known[name])}`]),
    "[parameters]",
    ...names.map((name) => `"${name}" = { dictionary = "${name}", probability = 0.5 }`),
    "",
  ].join("\n");
}
