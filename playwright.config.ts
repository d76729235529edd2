import { defineConfig } from "@playwright/test";

/** Journeys through the whole product as `npm start` brings it up, in Debian's Chromium; one at a time, since they share one machine. */
export default defineConfig({
  testDir: "tests",
  testMatch: "*/e2e/*.spec.ts",
  // Playwright empties this folder at its start; the other checks write beside it.
  outputDir: "test-results/journeys",
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 300_000,
  expect: { timeout: 20_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [["line"], ["json"]] : [["line"]],
  globalSetup: "tests/support/e2e/global-setup.ts",
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
