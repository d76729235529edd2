import fc from "fast-check";
import { fuzzRuns } from "./fuzz-runs";

// fast-check tries a hundred where a property says nothing else.
fc.configureGlobal({ numRuns: fuzzRuns(100) });
