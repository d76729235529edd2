/** Starts a supervisor for the node directory, detached from this process and without its environment; a second one ends by itself at once. */
export function spawnSupervisor(nodeDir: string, supervisorPath?: string): void;

/**
 * Ends every node and supervisor that runs under the root directory and resolves when they are gone, with the ids of those that ran. What was
 * wanted to run stays wanted: {@link resumeAllProcessNodes} starts it again.
 */
export function stopAllProcessNodes(rootDir: string, options?: { graceSeconds?: number }): Promise<string[]>;

/** Starts a supervisor for every node that is wanted to run and has none; returns their ids at once, without waiting for the nodes. */
export function resumeAllProcessNodes(rootDir: string): string[];
