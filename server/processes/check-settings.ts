import "server-only";

/** Says which settings are wrong, one JSON line each, before anything is changed. It runs outside the kit, which needs right ones. */
async function checkSettings(): Promise<number> {
  try {
    await import("@/env");
    return 0;
  } catch (thrown) {
    const problems = thrown instanceof Error && "problems" in thrown ? thrown.problems : undefined;
    if (!Array.isArray(problems)) throw thrown;
    for (const problem of problems) process.stdout.write(`${JSON.stringify(problem)}\n`);
    return 1;
  }
}

process.exitCode = await checkSettings();
