import type { listMonitored } from "@/server/domains/validators";

type Monitored = Awaited<ReturnType<typeof listMonitored>>[number];

/** What is known of one validator or setup when the rules are looked at. Null is "not known", never zero. */
export type ValidatorFact = {
  readonly organizationId: string;
  readonly setupRequestId: string;
  readonly name: string;
  readonly networkId: string;
  readonly regionCode: string;
  readonly standing: Pick<Monitored["setup"]["standing"], "state" | "since" | "misses" | "nodeState">;
  /** Since when the setup is being worked on; null when it is not. */
  readonly setupBeganAt: Date | null;
  readonly missedLastHour: number | null;
  /** Judged only while its chain is read. */
  readonly slashesLastHour: number;
  readonly node: {
    readonly id: string;
    readonly lagBlocks: number | null;
    readonly heightBlocks: bigint | null;
    readonly peerCount: number | null;
    /** Of what the node may use. */
    readonly cpuPercent: number | null;
    readonly memoryPercent: number | null;
    readonly restartsLastHour: number | null;
  } | null;
};

/** What is known of one network. */
export type NetworkFact = {
  readonly networkId: string;
  readonly chainId: string;
  readonly name: string;
  readonly kind: "mainnet" | "testnet" | "localnet";
  /** Null while nobody has looked at its endpoints lately. */
  readonly rpc: { readonly answering: number; readonly silent: number; readonly quarantined: number } | null;
  /** Time of the newest block that the chain told. */
  readonly tipAt: Date | null;
};

/** What is known of one organisation's setups. */
export type OrganizationFact = { readonly organizationId: string; readonly failedInRow: number };

/** What is known of one region's servers, and whose slots are there. */
export type RegionFact = {
  readonly regionId: string;
  readonly code: string;
  readonly name: string;
  /** Servers that have reported once and are not out of service. */
  readonly servers: number;
  readonly silent: number;
  readonly organizationIds: readonly string[];
};

export type Facts = {
  readonly validators: readonly ValidatorFact[];
  readonly networks: readonly NetworkFact[];
  readonly organizations: readonly OrganizationFact[];
  readonly regions: readonly RegionFact[];
};
