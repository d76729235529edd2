import type { BinaryStore } from "./binary-store";
import type { ChainNodes } from "./chain-node";
import type { Faucet } from "./faucet";
import type { NodeHost, NodeHostKind } from "./node-host";

/** Every outside system that effects may reach; built from env in server/runtime, from fakes in tests. */
export type Ports = {
  readonly nodeHosts: Readonly<Record<NodeHostKind, NodeHost>>;
  readonly chains: ChainNodes;
  readonly binaries: BinaryStore;
  readonly faucet: Faucet;
};
