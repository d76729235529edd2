import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { StartFailure } from "./failure.mjs";

// capabilities(7): bit 1 is CAP_DAC_OVERRIDE, bit 2 is CAP_DAC_READ_SEARCH.
const READING_CAPABILITIES = [
  { bit: 2n, name: "dac_read_search" },
  { bit: 1n, name: "dac_override" },
];

const idOf = (flag, user) =>
  Number(execFileSync("id", [flag, user], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));

function findUser(name) {
  try {
    return { uid: idOf("-u", name), gid: idOf("-g", name) };
  } catch {
    return undefined;
  }
}

/**
 * PostgreSQL refuses to run as root, so root lends it another user: `postgres`, made when missing. Returns undefined for
 * everyone else, who run it as themselves. @throws StartFailure start.postgres_user
 */
export function postgresUser() {
  if (process.getuid?.() !== 0) return undefined;
  const existing = findUser("postgres");
  if (existing) return existing;
  try {
    execFileSync(
      "useradd",
      ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"],
      {
        stdio: "ignore",
      },
    );
  } catch (cause) {
    const fallback = findUser("nobody");
    if (fallback) return fallback;
    throw new StartFailure({
      code: "start.postgres_user",
      what: "PostgreSQL does not run as root, and the user postgres could not be made.",
      fix: "Make a user named postgres, start as another user than root, or set DATABASE_URL to a PostgreSQL of yours.",
      cause,
    });
  }
  return findUser("postgres");
}

const canOthersPass = (path) => {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
};

/**
 * How to start a program as that user: `{ command, args, spawnOptions }`. Where a folder above the checkout or the data
 * is closed to others (a clone in root's home), the program is given the one capability to read through it.
 * @throws StartFailure start.postgres_unreachable
 */
export function asPostgresUser(user, command, args, paths) {
  if (!user) return { command, args, spawnOptions: {} };
  const isOpen = (statSync(command).mode & 0o005) === 0o005 && [command, ...paths].every(canOthersPass);
  if (isOpen) return { command, args, spawnOptions: { uid: user.uid, gid: user.gid } };
  const setpriv = ["/usr/bin/setpriv", "/bin/setpriv"].find((path) => existsSync(path));
  const capability = readingCapability();
  if (!setpriv || !capability) {
    throw new StartFailure({
      code: "start.postgres_unreachable",
      what: `PostgreSQL does not run as root, and its own user may not pass the folders above ${dirname(command)}.`,
      fix: "Move the checkout and OMNIPHI_DATA_DIR to folders that others may enter, or start as another user than root.",
    });
  }
  // Without the secure bit access(2), by which PostgreSQL looks for its own files, would leave the capability out.
  const grant = [`--inh-caps=+${capability}`, `--ambient-caps=+${capability}`, "--securebits=+no_setuid_fixup"];
  const ids = [`--reuid=${user.uid}`, `--regid=${user.gid}`, "--clear-groups"];
  return { command: setpriv, args: [...ids, ...grant, "--", command, ...args], spawnOptions: {} };
}

function readingCapability() {
  try {
    const mask = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "0"}`);
    return READING_CAPABILITIES.find(({ bit }) => ((mask >> bit) & 1n) === 1n)?.name;
  } catch {
    return undefined;
  }
}
