import { z } from "zod";
import { AGENT_HEARTBEAT_SECONDS } from "@/lib/contracts/agent/version";
import { ControlPlaneError } from "./control-plane";

const LONGEST_PAUSE_SECONDS = 300;

/** How long to wait after so many failures in a row: doubled each time up to five minutes, and spread, so that machines do not come back all at once. */
export function pauseAfterFailures(failures: number, retryAfterSeconds: number | null, random: () => number): number {
  if (retryAfterSeconds !== null) return Math.min(retryAfterSeconds, LONGEST_PAUSE_SECONDS) * 1_000;
  const seconds = Math.min(AGENT_HEARTBEAT_SECONDS * 2 ** Math.max(0, failures - 1), LONGEST_PAUSE_SECONDS);
  return seconds * 1_000 * (0.75 + random() / 2);
}

const Answer = z.object({ nextReportSeconds: z.number().min(1).max(3_600).optional() });

/** What became of the last report. */
export type LastReport = { readonly at: Date; readonly isTaken: boolean; readonly message: string };

/** Until the signal: makes a report and sends it. Of reports that could not be sent only the newest is worth anything, so none is kept: the next one is made anew. */
export async function runReports(options: {
  readonly signal: AbortSignal;
  readonly everySeconds?: number;
  readonly report: () => Promise<unknown>;
  readonly onResult: (result: LastReport) => void;
  /** Codes after which there is no use in going on. */
  readonly fatalCodes: readonly string[];
}): Promise<"stopped" | "refused"> {
  const { signal } = options;
  let failures = 0;
  while (!signal.aborted) {
    let pauseMs: number;
    try {
      const answer = Answer.safeParse(await options.report());
      failures = 0;
      const seconds = options.everySeconds ?? (answer.success ? answer.data.nextReportSeconds : undefined);
      pauseMs = (seconds ?? AGENT_HEARTBEAT_SECONDS) * 1_000;
      options.onResult({ at: new Date(), isTaken: true, message: "taken" });
    } catch (thrown) {
      failures += 1;
      const known = thrown instanceof ControlPlaneError ? thrown : null;
      options.onResult({ at: new Date(), isTaken: false, message: (thrown as Error).message });
      if (known?.code && options.fatalCodes.includes(known.code)) return "refused";
      pauseMs = pauseAfterFailures(failures, known?.retryAfterSeconds ?? null, Math.random);
    }
    // A signal that came while the report was on its way tells no listener any more.
    if (signal.aborted) break;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, pauseMs);
      function done(): void {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      }
      signal.addEventListener("abort", done);
    });
  }
  return "stopped";
}
