/** How many cases a property tries: so many usually, many times more in `npm run test:long`. */
export const fuzzRuns = (usual: number): number => usual * Number(process.env.TEST_FUZZ_FACTOR ?? 1);
