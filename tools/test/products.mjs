/** What of the source belongs to no domain's folder and has tests of its own. */
const ROOTS = [
  [/^inngest\/engine\//, "engine"],
  [/^server\/kernel\//, "kernel"],
  [/^lib\/chain\/|^devnet\/|^server\/adapters\/cosmos\//, "chain"],
  [/^server\/adapters\/(docker|process)\/|^lib\/node-config\//, "validators"],
];
const SUITE_PATH = /^tests\/([^/]+)\/(?:integration|http|contract|e2e)\//;
/** A folder or file that is named for its domain, in the places where such names are. */
const DOMAIN_PATHS = [
  /^server\/(?:domains|read-models)\/([^/]+)\//,
  /^components\/([^/]+)\//,
  /^inngest\/functions\/([^/]+)\//,
  /^db\/(?:schema|states)\/([^/.]+)\.ts$/,
];

/** The domain whose file this is, or undefined. A path under `app` belongs to the first domain that names one of its folders. */
export function domainOf(path, domains) {
  const names = path.startsWith("app/")
    ? path.split("/").slice(0, -1)
    : DOMAIN_PATHS.flatMap((pattern) => pattern.exec(path)?.[1] ?? []);
  return names.find((name) => domains.includes(name));
}

/** The product whose minutes a test file takes; what belongs to none is the platform's. */
export function productOf(path, domains) {
  const [, ofSuite] = SUITE_PATH.exec(path) ?? [];
  return ofSuite ?? domainOf(path, domains) ?? ROOTS.find(([pattern]) => pattern.test(path))?.[1] ?? "platform";
}
