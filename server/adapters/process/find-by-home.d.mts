import type { ProcessReference } from "../../kernel/process-identity.mjs";

/** Every `<binary> start … --home <home>` that runs on this machine, whoever started it. */
export function findByHome(home: string): ProcessReference[];
