import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../../..", import.meta.url));

// A run of its own, no suite of `npm test`: it needs Python, and looks for as long as it is let.
export default defineConfig({
  root,
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      { find: /^server-only$/, replacement: `${root}tests/support/server-only.ts` },
    ],
  },
  test: {
    include: ["tests/platform/schemathesis/every-answer.ts"],
    server: { deps: { inline: [/next-auth/] } },
    globalSetup: ["tests/support/global-setup.ts"],
    pool: "forks",
    testTimeout: 3_600_000,
    hookTimeout: 300_000,
    reporters: ["verbose"],
  },
});
