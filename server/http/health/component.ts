import type { ComponentHealth } from "@/server/kernel/health";

/** Finds out about some components; what it throws is `unknown` for `names`. */
export type ComponentCheck = {
  readonly names: readonly string[];
  readonly run: (signal: AbortSignal) => Promise<readonly ComponentHealth[]>;
};

const CHECK_TIMEOUT_MS = 1_500;

const unknown = (name: string, reason: string): ComponentHealth => ({
  name,
  status: "unknown",
  reason,
  ageSeconds: null,
});

/** Runs all checks at once, each for at most `timeoutMs`; a check that is late or throws says unknown, with the reason. */
export async function runChecks(
  checks: readonly ComponentCheck[],
  timeoutMs: number = CHECK_TIMEOUT_MS,
): Promise<ComponentHealth[]> {
  const results = await Promise.all(checks.map((check) => runOne(check, timeoutMs)));
  return results.flat();
}

async function runOne(check: ComponentCheck, timeoutMs: number): Promise<readonly ComponentHealth[]> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly ComponentHealth[]>((resolve) => {
    timer = setTimeout(() => {
      controller.abort();
      resolve(check.names.map((name) => unknown(name, `It did not answer within ${timeoutMs} ms.`)));
    }, timeoutMs);
  });
  const asked = check
    .run(controller.signal)
    .catch(() => check.names.map((name) => unknown(name, "It could not be asked; the log has the reason.")));
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
