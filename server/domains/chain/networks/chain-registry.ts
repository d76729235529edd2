import { z } from "zod";
import { bech32PrefixesOf } from "@/lib/chain/bech32-address";
import { isWebUrl } from "@/server/kernel/text";
import { registryUnreadable } from "../errors";
import { type NetworkDraft, PeerText, ProposedNetwork } from "./schemas";

// The files of github.com/cosmos/chain-registry (chain.schema.json, assetlist.schema.json), in as much as a network's record has a place for it.

const Price = z.number().min(0);
const Endpoints = z.array(z.object({ address: z.string() })).default([]);
const Peers = z.array(z.object({ id: z.string(), address: z.string() })).default([]);
const Binaries = z.record(z.string(), z.string()).default({});

const Chain = z.object({
  chain_id: z.string(),
  chain_name: z.string(),
  pretty_name: z.string().optional(),
  status: z.string().optional(),
  network_type: z.string().optional(),
  bech32_prefix: z.string(),
  bech32_config: z
    .object({
      bech32PrefixAccAddr: z.string(),
      bech32PrefixAccPub: z.string(),
      bech32PrefixValAddr: z.string(),
      bech32PrefixValPub: z.string(),
      bech32PrefixConsAddr: z.string(),
      bech32PrefixConsPub: z.string(),
    })
    .partial()
    .optional(),
  key_algos: z.array(z.string()).default(["secp256k1"]),
  slip44: z.number().int().default(118),
  fees: z
    .object({
      fee_tokens: z
        .array(
          z.object({
            denom: z.string(),
            fixed_min_gas_price: Price.optional(),
            low_gas_price: Price.optional(),
            average_gas_price: Price.optional(),
            high_gas_price: Price.optional(),
          }),
        )
        .default([]),
    })
    .default({ fee_tokens: [] }),
  staking: z.object({ staking_tokens: z.array(z.object({ denom: z.string() })).default([]) }).optional(),
  codebase: z
    .object({
      recommended_version: z.string().optional(),
      binaries: Binaries,
      genesis: z.object({ genesis_url: z.string() }).optional(),
    })
    .optional(),
  genesis: z.object({ genesis_url: z.string() }).optional(),
  peers: z.object({ seeds: Peers, persistent_peers: Peers }).partial().optional(),
  apis: z.object({ rpc: Endpoints, rest: Endpoints, grpc: Endpoints }).partial().optional(),
  explorers: z.array(z.object({ url: z.string().optional() })).default([]),
});
type Chain = z.output<typeof Chain>;

const AssetList = z.object({
  assets: z.array(
    z.object({
      base: z.string(),
      display: z.string(),
      symbol: z.string(),
      denom_units: z.array(z.object({ denom: z.string(), exponent: z.number().int().min(0) })),
    }),
  ),
});
type Asset = z.output<typeof AssetList>["assets"][number];

/** Endpoints of each kind that are taken over: enough for a pool, few enough to be checked in one go. */
const MAX_ENDPOINTS = 6;
const MAX_PEERS = 20;
const KINDS: Readonly<Record<string, NetworkDraft["kind"]>> = {
  mainnet: "mainnet",
  testnet: "testnet",
  devnet: "testnet",
};
const NO_PRICES = { low: "0", average: "0", high: "0" };

/**
 * What a chain's registry files say, as a network's record, and in sentences what they leave open. Nothing is taken for true here: the live check
 * asks the chain itself. @throws invalid chain.registry_unreadable
 */
export function draftFromRegistry(
  chainJson: string,
  assetListJson: string | null,
): { readonly draft: NetworkDraft; readonly notes: readonly string[] } {
  const chain = parse(Chain, chainJson, "chain");
  const assets = assetListJson === null ? [] : parse(AssetList, assetListJson, "assetList").assets;
  const notes: string[] = [];
  const baseDenom = chain.staking?.staking_tokens[0]?.denom ?? chain.fees.fee_tokens[0]?.denom;
  if (baseDenom === undefined) throw registryUnreadable("chain", "it names neither a staking token nor a fee token");
  const unit = unitOf(assets, baseDenom, notes);
  const draft = {
    chainId: chain.chain_id,
    kind: KINDS[chain.network_type ?? "mainnet"] ?? "mainnet",
    displayName: chain.pretty_name ?? chain.chain_name,
    status: chain.status === "upcoming" ? "planned" : "active",
    isDefault: false,
    bech32: prefixesOf(chain),
    coinType: chain.slip44,
    baseDenom,
    ...unit,
    gasPriceSteps: gasPricesOf(chain, baseDenom, notes),
    rpcUrls: addresses(chain.apis?.rpc),
    restUrls: addresses(chain.apis?.rest),
    grpcUrls: (chain.apis?.grpc ?? []).map(({ address }) => address).slice(0, MAX_ENDPOINTS),
    seeds: peersOf(chain.peers?.seeds),
    persistentPeers: peersOf(chain.peers?.persistent_peers),
    genesisUrl: (chain.codebase?.genesis ?? chain.genesis)?.genesis_url ?? null,
    genesisPath: null,
    genesisSha256: null,
    currentBinaryVersion: chain.codebase?.recommended_version ?? null,
    releases: releasesOf(chain, notes),
    stateSyncRpcUrls: [],
    consensusTimeouts: null,
    explorerUrl: chain.explorers.find(({ url }) => url !== undefined)?.url ?? null,
    faucetUrl: null,
  };
  if (chain.status === "killed") notes.push("The registry says that this chain has ended.");
  if (!chain.key_algos.includes("secp256k1")) {
    notes.push(`Its accounts use ${chain.key_algos.join(", ")} keys, which this installation cannot sign with.`);
  }
  if (draft.genesisUrl === null) notes.push("The registry names no genesis file: without one no node can be made.");
  if (draft.rpcUrls.length === 0 || draft.restUrls.length === 0) {
    notes.push("The registry names no RPC or no REST endpoint: give one of each, so that the chain can be asked.");
  }
  if (draft.seeds.length + draft.persistentPeers.length === 0) notes.push("The registry names no peers.");
  const taken = ProposedNetwork.safeParse(draft);
  if (taken.success) return { draft: taken.data, notes };
  const [issue] = taken.error.issues;
  throw registryUnreadable("chain", `${issue?.path.join(".")}: ${issue?.message}`);
}

function parse<Schema extends z.ZodType>(schema: Schema, text: string, field: string): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw registryUnreadable(field, "it is not JSON");
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw registryUnreadable(field, `${issue?.path.join(".") || "its root"}: ${issue?.message ?? "not as expected"}`);
}

function unitOf(assets: readonly Asset[], baseDenom: string, notes: string[]) {
  const asset = assets.find(({ base }) => base === baseDenom);
  const shown = asset?.denom_units.find(({ denom }) => denom === asset.display);
  if (asset !== undefined && shown !== undefined) return { displayDenom: asset.symbol, denomExponent: shown.exponent };
  notes.push(`How ${baseDenom} is shown is not known without the chain's assetlist.json; amounts are in base units.`);
  return { displayDenom: baseDenom, denomExponent: 0 };
}

function prefixesOf({ bech32_prefix, bech32_config: config = {} }: Chain): NetworkDraft["bech32"] {
  const derived = bech32PrefixesOf(config.bech32PrefixAccAddr ?? bech32_prefix);
  return {
    account: derived.account,
    accountPub: config.bech32PrefixAccPub ?? derived.accountPub,
    validator: config.bech32PrefixValAddr ?? derived.validator,
    validatorPub: config.bech32PrefixValPub ?? derived.validatorPub,
    consensus: config.bech32PrefixConsAddr ?? derived.consensus,
    consensusPub: config.bech32PrefixConsPub ?? derived.consensusPub,
  };
}

function gasPricesOf(chain: Chain, baseDenom: string, notes: string[]): NetworkDraft["gasPriceSteps"] {
  const token = chain.fees.fee_tokens.find(({ denom }) => denom === baseDenom);
  const low = token?.low_gas_price ?? token?.fixed_min_gas_price ?? token?.average_gas_price;
  if (token === undefined || low === undefined) {
    notes.push(`The registry names no gas price in ${baseDenom}; the chain's own is asked for.`);
    return NO_PRICES;
  }
  const average = token.average_gas_price ?? low;
  return { low: dec(low), average: dec(average), high: dec(token.high_gas_price ?? average) };
}

/** A number of JSON as a decimal text: as it was written, and where that has an exponent, in full. */
function dec(value: number): string {
  const text = String(value);
  return text.includes("e") ? value.toFixed(18).replace(/\.?0+$/, "") : text;
}

/** Those that can be asked as they are written; a file of many hands has some that cannot. */
const addresses = (endpoints: readonly { readonly address: string }[] = []): string[] =>
  [...new Set(endpoints.map(({ address }) => address.trim().replace(/\/+$/, "")))]
    .filter(isWebUrl)
    .slice(0, MAX_ENDPOINTS);

const peersOf = (peers: readonly { readonly id: string; readonly address: string }[] = []): string[] =>
  [...new Set(peers.map(({ id, address }) => `${id.toLowerCase()}@${address}`))]
    .filter((peer) => PeerText.safeParse(peer).success)
    .slice(0, MAX_PEERS);

/** As cosmovisor reads them: the platform's name, and the SHA-256 behind the address where it is given. */
function releasesOf(chain: Chain, notes: string[]): NetworkDraft["releases"] {
  const version = chain.codebase?.recommended_version ?? "unknown";
  const found: NetworkDraft["releases"][number][] = [];
  for (const [platform, address] of Object.entries(chain.codebase?.binaries ?? {})) {
    const [os, arch] = platform.split("/");
    if ((os !== "linux" && os !== "darwin") || (arch !== "amd64" && arch !== "arm64")) continue;
    const [url = address, checksum] = address.split(/\?checksum=sha256:/);
    if (!isWebUrl(url)) {
      notes.push(
        `The release for ${platform} has no web address that can be read: give the program's own address or path.`,
      );
      continue;
    }
    if (/\.(tar|gz|tgz|zip|xz|bz2)$/i.test(new URL(url).pathname)) {
      notes.push(
        `The release for ${platform} is packed in an archive: unpack it, and give the program's own address or path.`,
      );
      continue;
    }
    found.push({ version, os, arch, url, path: null, sha256: checksum?.toLowerCase() ?? null });
  }
  if (found.length === 0)
    notes.push("The registry names no program that can be taken as it is: add a release, or nodes cannot be made.");
  return found;
}
