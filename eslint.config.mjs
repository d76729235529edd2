import tseslint from "typescript-eslint";

// Only what needs types: promises that nobody waits for. Biome does everything else, faster. `checkThenables` is what finds an unawaited
// Drizzle statement or `inngest.send()`, neither of which returns a real Promise.
export default tseslint.config(
  { ignores: ["**/*.{js,mjs,cjs,d.ts,d.mts}", "**/node_modules/", "**/.next/", "**/.data/", "dist/", "devnet/"] },
  {
    files: ["**/*.ts", "**/*.tsx"],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: {
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/no-floating-promises": ["error", { checkThenables: true, ignoreVoid: false }],
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/return-await": ["error", "error-handling-correctness-only"],
    },
  },
  {
    // A screen may start what it does not wait for, if it says so; a server may not: nothing runs on after a response.
    files: ["app/**/*.tsx", "components/**/*.ts", "components/**/*.tsx"],
    rules: { "@typescript-eslint/no-floating-promises": ["error", { checkThenables: true, ignoreVoid: true }] },
  },
);
