import { runTests } from "./run-tests.mjs";

// `npm test`: everything that CI runs, from a bare clone. `npm test -- --only unit,meta` runs parts of it.
process.exitCode = await runTests(process.argv.slice(2));
