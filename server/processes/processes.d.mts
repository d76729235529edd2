type LastingName = "watcher" | "relay" | "engine";
type OnceName = "check-settings" | "migrate" | "register-localnet" | "grant-admin";
export type ProcessName = LastingName | OnceName;

/** A process that runs as long as the product does. */
export type LastingProcess = {
  readonly name: LastingName;
  /** `without-inngest`: only while no real Inngest server is set. */
  readonly runs: "always" | "without-inngest";
  readonly stops: "before-web" | "after-web";
  /** The component of `/api/health` that its heartbeat answers for. */
  readonly health: string;
  readonly does: string;
  readonly copies: string;
};
/** A command that ends by itself. */
export type OnceProcess = { readonly name: OnceName; readonly runs: "once"; readonly does: string };

/** Every process beside Next, each named as its file in this folder; read by the bundler, the launcher, health and a test of the documents. */
export const PROCESSES: readonly (LastingProcess | OnceProcess)[];

/** Those that are kept running, in the order in which they are stopped. */
export function lastingProcesses(facts: { readonly hasInngest: boolean }): readonly LastingProcess[];
