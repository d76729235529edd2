import { z } from "zod";
import { accountAddressText, boundedText, nameText, patternText, webUrlText } from "@/server/kernel/text";
import {
  DEFAULT_NETWORK_REF,
  ENDPOINT_STATES,
  NETWORK_KINDS,
  NETWORK_STATUSES,
  RELEASE_ARCHES,
  RELEASE_OSES,
} from "../constants";
import { Dec, NetworkRef, NetworkRefOrDefault, Url } from "../schemas";

const Prefix = z.string().regex(/^[a-z][a-z0-9]{0,29}$/, "a bech32 prefix in lower case");

export const Bech32 = z.strictObject({
  account: Prefix,
  accountPub: Prefix,
  validator: Prefix,
  validatorPub: Prefix,
  consensus: Prefix,
  consensusPub: Prefix,
});

export const GasPriceSteps = z.strictObject({ low: Dec, average: Dec, high: Dec });

/** A network as everybody sees it; URLs without those that are quarantined. */
export const Network = z
  .object({
    id: z.string(),
    chainId: z.string(),
    kind: z.enum(NETWORK_KINDS),
    displayName: z.string(),
    status: z.enum(NETWORK_STATUSES),
    isDefault: z.boolean(),
    bech32: Bech32,
    coinType: z.number().int(),
    baseDenom: z.string(),
    displayDenom: z.string(),
    denomExponent: z.number().int(),
    gasPriceSteps: GasPriceSteps,
    rpcUrls: z.array(z.string()),
    restUrls: z.array(z.string()),
    seeds: z.array(z.string()),
    persistentPeers: z.array(z.string()),
    genesisUrl: z.string().nullable(),
    genesisSha256: z.string().nullable(),
    currentBinaryVersion: z.string().nullable(),
    /** Builds that can be had from an address, for whoever runs a node of their own. */
    releases: z.array(
      z.object({
        version: z.string(),
        os: z.enum(RELEASE_OSES),
        arch: z.enum(RELEASE_ARCHES),
        url: z.string().nullable(),
        sha256: z.string(),
      }),
    ),
    stateSyncRpcUrls: z.array(z.string()),
    /** Whether nodes can be made for it here: it has a release and a genesis on its record. */
    takesNodes: z.boolean(),
    /** Whether this installation pays test coins on it. */
    hasFaucet: z.boolean(),
    explorerUrl: z.string().nullable(),
    faucetUrl: z.string().nullable(),
  })
  .meta({ id: "Network" });
export type Network = z.infer<typeof Network>;

export const GetNetworkInput = z.strictObject({ networkId: NetworkRef });
export const ListNetworksInput = z.strictObject({ status: z.enum(NETWORK_STATUSES).optional() });

/** Body of `POST /api/v1/faucet`. */
export const RequestDripInput = z.strictObject({ networkId: NetworkRefOrDefault, address: accountAddressText });

export const NetworkEndpoint = z
  .object({
    id: z.string(),
    kind: z.enum(["rpc", "rest"]),
    url: z.string(),
    state: z.enum(ENDPOINT_STATES),
    reason: z.string().nullable(),
    latencyMs: z.number().int().nullable(),
    consecutiveFailures: z.number().int(),
    checkedAt: z.string().nullable(),
  })
  .meta({ id: "NetworkEndpoint" });
export type NetworkEndpoint = z.infer<typeof NetworkEndpoint>;

export const RecordEndpointHealthInput = z.strictObject({
  networkId: NetworkRef,
  endpoints: z
    .array(
      z.strictObject({
        kind: z.enum(["rpc", "rest"]),
        url: z.string(),
        state: z.enum(ENDPOINT_STATES),
        reason: z.string().nullable(),
        latencyMs: z.number().int().nullable(),
        consecutiveFailures: z.number().int(),
        checkedAt: z.string().nullable(),
      }),
    )
    .max(100),
});
export const QuarantineEndpointInput = z.strictObject({
  networkId: NetworkRef,
  url: Url,
  kind: z.enum(["rpc", "rest"]),
  /** One sentence: what it answered and what it should have. */
  reason: z.string().min(1).max(500),
});
export const ReleaseEndpointInput = z.strictObject({
  networkId: NetworkRef,
  url: Url,
  kind: z.enum(["rpc", "rest"]),
});

/** How far this machine's own chain is. */
export const LocalnetStatus = z
  .object({
    state: z.enum(["building", "starting", "ready", "failed"]),
    message: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: "LocalnetStatus" });

/** Test coins that were sent. */
export const Drip = z
  .object({ address: z.string(), txHash: z.string(), amountBaseUnits: z.string() })
  .meta({ id: "Drip" });

const ChainId = patternText(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}$/, "a chain id, e.g. omniphi-testnet-2", 63).refine(
  (id) => id !== DEFAULT_NETWORK_REF,
  "this word stands for the default network",
);
const Denom = z.string().regex(/^[a-zA-Z][a-zA-Z0-9/:._-]{2,127}$/, "a denom");
/** One peer as CometBFT names it. */
export const PeerText = patternText(/^[0-9a-f]{40}@[^\s@]{1,253}:\d{1,5}$/, "nodeid@host:port", 300);
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "64 hex digits in lower case");

/** A file on the machine that the product runs on. */
const LocalPath = patternText(/^\/[^\0]{1,999}$/, "an absolute path on this machine", 1_000);
const FileUrl = webUrlText(1_000);
const hasOnePlace = (file: { readonly url: string | null; readonly path: string | null }) =>
  (file.url === null) !== (file.path === null);

const ONE_PLACE = { path: ["url"], error: "give an address, or a path on this machine, and not both" };

const releaseFields = {
  version: patternText(/^[^\s]+$/, "a version without spaces", 100),
  os: z.enum(RELEASE_OSES),
  arch: z.enum(RELEASE_ARCHES),
  url: FileUrl.nullable().default(null),
  path: LocalPath.nullable().default(null),
};

/** One build of a network's program: which platform it runs on, where it is had, and the bytes that it must have. */
const NetworkReleaseInput = z.strictObject({ ...releaseFields, sha256: Sha256 }).refine(hasOnePlace, ONE_PLACE);
/** The same where nobody has told the SHA-256 yet. */
const UnprovenRelease = z.strictObject({ ...releaseFields, sha256: Sha256.nullable() }).refine(hasOnePlace, ONE_PLACE);

const Milliseconds = z.number().int().min(1).max(600_000);
export const ConsensusTimeoutsInput = z.strictObject({
  proposeMs: Milliseconds,
  proposeDeltaMs: Milliseconds,
  voteMs: Milliseconds,
  voteDeltaMs: Milliseconds,
  commitMs: Milliseconds,
});

/** A network with all that its row holds; the same fields make a new one. */
export const RegisterNetworkInput = z.strictObject({
  chainId: ChainId,
  kind: z.enum(NETWORK_KINDS),
  displayName: nameText(80),
  status: z.enum(NETWORK_STATUSES),
  isDefault: z.boolean(),
  bech32: Bech32,
  coinType: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  baseDenom: Denom,
  displayDenom: nameText(40),
  denomExponent: z.number().int().min(0).max(30),
  gasPriceSteps: GasPriceSteps,
  rpcUrls: z.array(Url).min(1).max(20),
  restUrls: z.array(Url).min(1).max(20),
  grpcUrls: z.array(z.string().max(500)).max(20).default([]),
  seeds: z.array(PeerText).max(50).default([]),
  persistentPeers: z.array(PeerText).max(50).default([]),
  genesisUrl: FileUrl.nullable().default(null),
  genesisPath: LocalPath.nullable().default(null),
  genesisSha256: Sha256.nullable().default(null),
  /** The release in force; null for the first one that fits a host. */
  currentBinaryVersion: z.string().max(100).nullable().default(null),
  releases: z.array(NetworkReleaseInput).max(40).default([]),
  stateSyncRpcUrls: z.array(Url).max(10).default([]),
  consensusTimeouts: ConsensusTimeoutsInput.nullable().default(null),
  explorerUrl: Url.nullable().default(null),
  faucetUrl: Url.nullable().default(null),
});

/** A record that is being made: the same fields, with SHA-256 sums that may not be known yet. */
export const CheckNetworkInput = RegisterNetworkInput.extend({
  releases: z.array(UnprovenRelease).max(40).default([]),
});
export type NetworkDraft = z.output<typeof CheckNetworkInput>;

/** What was found out about one line of a record before it is kept. */
export const NetworkCheck = z
  .object({
    id: z.enum(["rpc", "rest", "staking", "prefix", "gas_price", "genesis", "release", "peers"]),
    /** Which one of its kind: an address, a version with its platform. */
    subject: z.string(),
    state: z.enum(["ok", "warning", "failed", "unknown"]),
    sentence: z.string(),
    /** What was found, where that is one value: a height, a denom, a SHA-256. */
    found: z.string().nullable(),
  })
  .meta({ id: "NetworkCheck" });
export type NetworkCheck = z.infer<typeof NetworkCheck>;
export const NetworkChecks = z.object({ checks: z.array(NetworkCheck), canBeKept: z.boolean() });

const RegistryFile = boundedText(1_000_000).nullable().default(null);
export const ReadRegistryInput = z
  .strictObject({
    chainJson: RegistryFile,
    chainUrl: FileUrl.nullable().default(null),
    assetListJson: RegistryFile,
    assetListUrl: FileUrl.nullable().default(null),
  })
  .refine(({ chainJson, chainUrl }) => chainJson !== null || chainUrl !== null, {
    path: ["chainUrl"],
    error: "give the address of a chain.json, or paste it",
  });
/** A record that may lack endpoints yet: not every file of the registry names some. */
export const ProposedNetwork = CheckNetworkInput.extend({
  rpcUrls: z.array(Url).max(20),
  restUrls: z.array(Url).max(20),
});
/** A record as files of the chain registry tell it, and in sentences what they leave open. */
export const NetworkProposal = z.object({ draft: ProposedNetwork, notes: z.array(z.string()) });

/** A network with its whole record, as operators change it. */
export const NetworkRecord = z.object({
  id: z.string(),
  takesNodes: z.boolean(),
  hasFaucet: z.boolean(),
  endpoints: z.array(NetworkEndpoint),
  record: CheckNetworkInput,
});
export type NetworkRecord = z.infer<typeof NetworkRecord>;

const RegistryAddress = z.object({ address: z.string() });
const RegistryPeer = z.object({ id: z.string(), address: z.string() });
/** A `chain.json` of github.com/cosmos/chain-registry (chain.schema.json), in as much as a record has of it. */
export const ChainRegistryFile = z
  .object({
    $schema: z.string(),
    chain_name: z.string(),
    pretty_name: z.string(),
    chain_id: z.string(),
    status: z.enum(["live", "upcoming", "killed"]),
    network_type: z.enum(["mainnet", "testnet", "devnet"]),
    bech32_prefix: z.string(),
    bech32_config: z.object({
      bech32PrefixAccAddr: z.string(),
      bech32PrefixAccPub: z.string(),
      bech32PrefixValAddr: z.string(),
      bech32PrefixValPub: z.string(),
      bech32PrefixConsAddr: z.string(),
      bech32PrefixConsPub: z.string(),
    }),
    slip44: z.number().int(),
    fees: z.object({
      fee_tokens: z.array(
        z.object({
          denom: z.string(),
          fixed_min_gas_price: z.number(),
          low_gas_price: z.number(),
          average_gas_price: z.number(),
          high_gas_price: z.number(),
        }),
      ),
    }),
    staking: z.object({ staking_tokens: z.array(z.object({ denom: z.string() })) }),
    codebase: z.object({
      recommended_version: z.string().optional(),
      binaries: z.record(z.string(), z.string()),
      genesis: z.object({ genesis_url: z.string() }).optional(),
    }),
    peers: z.object({ seeds: z.array(RegistryPeer), persistent_peers: z.array(RegistryPeer) }),
    apis: z.object({ rpc: z.array(RegistryAddress), rest: z.array(RegistryAddress) }),
    explorers: z.array(z.object({ url: z.string() })),
  })
  .meta({ id: "ChainRegistryFile" });
export type ChainRegistryFile = z.infer<typeof ChainRegistryFile>;
