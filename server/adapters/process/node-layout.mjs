import { join } from "node:path";

export const SIGNER_LOCK = "signer";

export const nodesDirectory = (rootDir) => join(rootDir, "nodes");
export const volumesDirectory = (rootDir) => join(rootDir, "volumes");

export const nodePaths = (nodeDir) => ({
  plan: join(nodeDir, "plan.json"),
  desired: join(nodeDir, "desired.json"),
  status: join(nodeDir, "status.json"),
  ports: join(nodeDir, "ports.json"),
  log: join(nodeDir, "node.log"),
});

export const volumePaths = (volumeDir) => ({
  facts: join(volumeDir, "volume.json"),
  signMark: join(volumeDir, "sign-mark.json"),
  home: join(volumeDir, "home"),
  config: join(volumeDir, "home", "config"),
  genesis: join(volumeDir, "home", "config", "genesis.json"),
  key: join(volumeDir, "home", "config", "priv_validator_key.json"),
  signState: join(volumeDir, "home", "data", "priv_validator_state.json"),
});
