import type { AgentAuthority } from "./agent-authority";
import type { AuditAnchor } from "./audit-anchor";
import type { BinaryStore } from "./binary-store";
import type { ChainNodes } from "./chain-node";
import type { Faucet } from "./faucet";
import type { JobRuns } from "./job-runs";
import type { Localnet } from "./localnet";
import type { Messenger } from "./messenger";
import type { NodeHost, NodeHostKind } from "./node-host";
import type { Sealer } from "./sealer";
import type { TokenMinter } from "./token-minter";
import type { WalletVerifier } from "./wallet-verifier";
import type { WebDocuments } from "./web-documents";

/** Every outside system that effects may reach; built from env in server/runtime, from fakes in tests. */
export type Ports = {
  readonly nodeHosts: Readonly<Record<NodeHostKind, NodeHost>>;
  readonly chains: ChainNodes;
  readonly binaries: BinaryStore;
  readonly documents: WebDocuments;
  readonly faucet: Faucet;
  readonly localnet: Localnet;
  readonly jobRuns: JobRuns;
  readonly walletVerifier: WalletVerifier;
  readonly tokens: TokenMinter;
  readonly auditAnchor: AuditAnchor;
  readonly agentAuthority: AgentAuthority;
  readonly sealer: Sealer;
  readonly messenger: Messenger;
};
