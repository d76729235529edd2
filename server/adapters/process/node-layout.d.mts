/** Name of the lock in a volume's directory that the one process holds which may run a signer on it. */
export const SIGNER_LOCK: string;

export function nodesDirectory(rootDir: string): string;
export function volumesDirectory(rootDir: string): string;

/** Files of one node: what to run, what is wanted, what is, its ports, its log. */
export function nodePaths(nodeDir: string): {
  plan: string;
  desired: string;
  status: string;
  ports: string;
  log: string;
};

/** Files of one volume; everything under `home` belongs to the node's own binary. */
export function volumePaths(volumeDir: string): {
  facts: string;
  signMark: string;
  home: string;
  config: string;
  genesis: string;
  key: string;
  signState: string;
};
