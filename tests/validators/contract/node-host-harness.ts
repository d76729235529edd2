import type { NodeHost, NodeSpec } from "@/server/ports/node-host";

/** What the contract needs of a host beyond the port: other views of it, and ways to hurt it. */
export type NodeHostHarness = {
  readonly host: NodeHost;
  /** A second instance on the same host, as another process of the product holds it. */
  readonly reopen: () => NodeHost;
  /** A spec with ids of its own, the harness's binary and genesis. */
  readonly spec: (overrides?: Partial<NodeSpec>) => NodeSpec;
  /** Ends the node's own process as `kill -9` does, past the host. */
  readonly killNode: (nodeId: string) => Promise<void>;
  /** How many processes (or what stands for one) run on the node's volume. */
  readonly countSigners: (spec: NodeSpec) => Promise<number>;
  /** Replaces the sign state's file; null removes it. */
  readonly writeSignState: (volumeId: string, text: string | null) => Promise<void>;
  /** Lets others on the host read the volume's private key, or no longer. */
  readonly exposeKey: (volumeId: string, isExposed: boolean) => Promise<void>;
  /** The same kind of host where nothing answers. */
  readonly unreachable: () => NodeHost;
  /** The same kind of host with no space left. */
  readonly full: () => NodeHost;
  /** Makes the node write one more line to its log, where it does not do so by itself. */
  readonly makeLogLine?: (nodeId: string) => void;
  /** Whether the endpoints are real. */
  readonly hasRealEndpoints: boolean;
};
