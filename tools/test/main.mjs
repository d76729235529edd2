import { runTests } from "./run-tests.mjs";

// `npm test`: everything that CI runs, from a bare clone. `-- --only unit,meta` runs parts of it, `-- --changed` what changed files can break.
process.exitCode = await runTests(process.argv.slice(2));
