import type { ProcessReference } from "../../../lib/os/process-identity.mjs";

/** Every `<binary> start … --home <home>` that runs on this machine, whoever started it. */
export function findByHome(home: string): ProcessReference[];
