import { writeFileSync } from "node:fs";

/**
 * A reporter for vitest: writes how long each file took, hooks and imports included, which its JSON report leaves out, to the path in
 * TEST_FILE_TIMES.
 */
export default class FileTimes {
  onTestRunEnd(modules) {
    const times = modules.map((module) => {
      const { collectDuration, setupDuration, duration } = module.diagnostic();
      return { path: module.relativeModuleId, elapsedMs: Math.round(collectDuration + setupDuration + duration) };
    });
    writeFileSync(process.env.TEST_FILE_TIMES, JSON.stringify(times));
  }
}
