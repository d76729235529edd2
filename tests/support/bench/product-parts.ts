import { readFileSync } from "node:fs";
import { join } from "node:path";

const readJson = (path: string) => JSON.parse(readFileSync(path, "utf8"));

/** The parts of a product that `npm start` brought up, as processes: what each of them costs can be told apart. */
export type ProductParts = {
  readonly databaseUrl: string;
  /** By the launcher's names: `web`, `watcher`, `engine`, `relay`. */
  readonly pids: Readonly<Record<string, number>>;
  readonly postgresPid: number;
};

/** A setting as the process was given it (proc_pid_environ(5)). */
function settingOf(pid: number, name: string): string {
  const settings = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  const setting = settings.find((one) => one.startsWith(`${name}=`));
  if (setting === undefined) throw new Error(`process ${pid} was not given ${name}`);
  return setting.slice(name.length + 1);
}

/** Reads them from its data directory. */
export function productParts(dataDir: string): ProductParts {
  const children: { name: string; pid: number }[] = readJson(join(dataDir, "run", "children.json"));
  const pids = Object.fromEntries(children.map(({ name, pid }) => [name, pid]));
  const [postmaster] = readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n");
  return { databaseUrl: settingOf(pids.web ?? 0, "DATABASE_URL"), pids, postgresPid: Number(postmaster) };
}

/** Holds the processes beside web still, so that neither their work nor what they would write of seeded rows is measured; answers the way back. */
export function holdBackground({ pids }: ProductParts): () => void {
  const held = ["watcher", "engine", "relay"].flatMap((name) => pids[name] ?? []);
  for (const pid of held) process.kill(pid, "SIGSTOP");
  return () => {
    for (const pid of held) process.kill(pid, "SIGCONT");
  };
}
