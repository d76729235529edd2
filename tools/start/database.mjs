import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { StartFailure } from "./failure.mjs";
import { POSTGRES_ROLE } from "./postgres-cluster.mjs";

const DATABASE_NAME = "omniphi";

/** The URL of the embedded server's database, or of another database of that server. */
export const embeddedDatabaseUrl = (port, password, database = DATABASE_NAME) =>
  `postgres://${POSTGRES_ROLE}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

// The driver is a dependency of the product, so it is looked up only after the install step.
async function connect(repoDir, url) {
  const require = createRequire(join(repoDir, "package.json"));
  const { default: postgres } = await import(pathToFileURL(require.resolve("postgres")).href);
  return postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
}

/** Makes the product's database on the embedded server when it is missing. */
export async function ensureDatabase(repoDir, port, password) {
  const sql = await connect(repoDir, embeddedDatabaseUrl(port, password, "postgres"));
  try {
    const found = await sql`select 1 from pg_database where datname = ${DATABASE_NAME}`;
    if (found.length === 0) await sql.unsafe(`create database ${DATABASE_NAME}`);
  } catch (cause) {
    if (cause.code === "28P01") {
      throw new StartFailure({
        code: "start.postgres_password",
        what: "The embedded PostgreSQL refuses the password in secrets.json: the two do not belong together.",
        fix: "Restore secrets.json from a backup, or begin again with: npm run reset",
        cause,
      });
    }
    throw cause;
  } finally {
    await sql.end({ timeout: 2 });
  }
}

/** Asks a database that the user gave for one row. @throws StartFailure start.database_unreachable, start.database_version */
export async function checkDatabase(repoDir, url) {
  let where = "DATABASE_URL";
  try {
    const { host, pathname } = new URL(url);
    where = `the database ${pathname.slice(1)} at ${host}`;
  } catch (cause) {
    throw new StartFailure({
      code: "start.database_url_invalid",
      what: "DATABASE_URL is not a URL.",
      fix: "Write it as postgres://user:password@host:5432/database, or unset it to use the embedded PostgreSQL.",
      cause,
    });
  }
  let sql;
  try {
    sql = await connect(repoDir, url);
    const [row] = await sql`select current_setting('server_version_num')::int as version`;
    if (row.version < 150_000) {
      throw new StartFailure({
        code: "start.database_version",
        what: `${where} is served by PostgreSQL ${Math.floor(row.version / 10_000)}; 15 or newer is needed.`,
        fix: "Set DATABASE_URL to a newer server, or unset it to use the embedded PostgreSQL.",
      });
    }
  } catch (cause) {
    if (cause instanceof StartFailure) throw cause;
    throw new StartFailure({
      code: "start.database_unreachable",
      what: `DATABASE_URL is set, but ${where} does not answer (${cause.code ?? cause.message}).`,
      fix: "Start that server or correct DATABASE_URL; unset it to use the embedded PostgreSQL.",
      cause,
    });
  } finally {
    await sql?.end({ timeout: 2 });
  }
}
