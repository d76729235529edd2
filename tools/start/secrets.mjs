import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartFailure } from "./failure.mjs";

/** Writes JSON that only its owner may read, complete or not at all. */
export function writePrivateJson(path, value) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}

const makers = {
  authSecret: () => randomBytes(48).toString("base64url"),
  secretsKekBase64: () => randomBytes(32).toString("base64"),
  metricsToken: () => randomBytes(32).toString("base64url"),
  inngestEventKey: () => randomBytes(32).toString("hex"),
  // Bare: the SDK would take a prefix "signkey-<environment>-" off, an Inngest server refuses one.
  inngestSigningKey: () => randomBytes(32).toString("hex"),
  postgresPassword: () => randomBytes(32).toString("base64url"),
};

/**
 * The secrets of this data directory, made once. A file that cannot be read is never replaced: what was sealed with the
 * old key would be lost. @throws StartFailure start.secrets_unreadable
 */
export function loadSecrets(dataDir) {
  const path = join(dataDir, "secrets.json");
  let kept = {};
  if (existsSync(path)) {
    try {
      kept = JSON.parse(readFileSync(path, "utf8"));
    } catch (cause) {
      throw new StartFailure({
        code: "start.secrets_unreadable",
        what: `${path} cannot be read as JSON, and it holds the keys of everything sealed in this data directory.`,
        fix: "Restore it from a backup. To begin again with nothing, run: npm run reset",
        cause,
      });
    }
  }
  const secrets = Object.fromEntries(Object.entries(makers).map(([name, make]) => [name, kept[name] ?? make()]));
  // Earlier versions wrote the prefix; the key is the same without it.
  secrets.inngestSigningKey = secrets.inngestSigningKey.replace(/^signkey-[a-z0-9]+-/, "");
  if (Object.keys(secrets).some((name) => kept[name] !== secrets[name]))
    writePrivateJson(path, { ...kept, ...secrets });
  return secrets;
}
