import { type AppError, isAppError } from "@/server/kernel/errors";
import type { NodeRunState } from "@/server/ports/node-host";
import { runtimeRefused, runtimeUnavailable } from "@/server/ports/node-host-errors";

const FULL_DISK = new Set(["ENOSPC", "EDQUOT"]);
const HOST_GONE = new Set(["EACCES", "EPERM", "EROFS", "EIO", "ENOTDIR", "ESTALE", "EMFILE", "ENFILE", "ENOMEM"]);

/** Maps a file system or spawn error by its code; what is already ours passes through. */
export function toRuntimeError(thrown: unknown): AppError {
  if (isAppError(thrown)) return thrown;
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "unknown";
  if (FULL_DISK.has(code)) return runtimeRefused("disk_full", { rawCode: code }, thrown);
  if (HOST_GONE.has(code)) return runtimeUnavailable("The process host", thrown);
  return runtimeRefused("refused", { rawCode: code }, thrown);
}

/** What the supervisor keeps in status.json. */
export type SupervisorPhase =
  | "starting"
  | "running"
  | "waiting"
  | "refused"
  | "crashed"
  | "stopping"
  | "stopped"
  | "suspended";

export type SupervisionFacts = {
  readonly isWanted: boolean;
  readonly isSupervised: boolean;
  readonly isChildAlive: boolean;
  readonly hasRpc: boolean;
  readonly phase: SupervisorPhase | undefined;
  readonly upMs: number;
};

/** A node that has been up this long runs, also when its RPC is silent for a moment; health is another's question. */
const STARTUP_MS = 60_000;

/**
 * The state by what is really there, the record coming second: a living node is starting until its RPC answers; without one it is starting while
 * the double-sign wait holds it, stopped when nobody wants it or the installation was shut down, and crashed otherwise.
 */
export function nodeState(facts: SupervisionFacts): NodeRunState {
  if (facts.isChildAlive) return facts.hasRpc || facts.upMs > STARTUP_MS ? "running" : "starting";
  if (!facts.isWanted) return "stopped";
  if (!facts.isSupervised) return facts.phase === "suspended" ? "stopped" : "crashed";
  return facts.phase === "waiting" || facts.phase === "starting" || facts.phase === "running" ? "starting" : "crashed";
}
