import type { ChainRegistryFile, Network } from "./schemas";

const NETWORK_TYPES: Readonly<Record<Network["kind"], ChainRegistryFile["network_type"]>> = {
  mainnet: "mainnet",
  testnet: "testnet",
  localnet: "devnet",
};
const STATUSES: Readonly<Record<Network["status"], ChainRegistryFile["status"]>> = {
  active: "live",
  planned: "upcoming",
  retired: "killed",
};

const peerOf = (text: string) => {
  const [id = "", ...address] = text.split("@");
  return { id, address: address.join("@") };
};
const addressOf = (address: string) => ({ address });

/** A network's record as the `chain.json` of the chain registry has it; what the record lacks is left out, never made up. */
export function registryFileOf(network: Network): ChainRegistryFile {
  const { bech32, baseDenom, gasPriceSteps } = network;
  const binaries = Object.fromEntries(
    network.releases
      .filter(({ version }) => network.currentBinaryVersion === null || version === network.currentBinaryVersion)
      .flatMap(({ os, arch, url, sha256 }) =>
        url === null ? [] : [[`${os}/${arch}`, `${url}?checksum=sha256:${sha256}`] as const],
      ),
  );
  return {
    $schema: "../chain.schema.json",
    chain_name: network.chainId.replace(/[^A-Za-z0-9]/g, "").toLowerCase(),
    pretty_name: network.displayName,
    chain_id: network.chainId,
    status: STATUSES[network.status],
    network_type: NETWORK_TYPES[network.kind],
    bech32_prefix: bech32.account,
    bech32_config: {
      bech32PrefixAccAddr: bech32.account,
      bech32PrefixAccPub: bech32.accountPub,
      bech32PrefixValAddr: bech32.validator,
      bech32PrefixValPub: bech32.validatorPub,
      bech32PrefixConsAddr: bech32.consensus,
      bech32PrefixConsPub: bech32.consensusPub,
    },
    slip44: network.coinType,
    fees: {
      fee_tokens: [
        {
          denom: baseDenom,
          fixed_min_gas_price: Number(gasPriceSteps.low),
          low_gas_price: Number(gasPriceSteps.low),
          average_gas_price: Number(gasPriceSteps.average),
          high_gas_price: Number(gasPriceSteps.high),
        },
      ],
    },
    staking: { staking_tokens: [{ denom: baseDenom }] },
    codebase: {
      ...(network.currentBinaryVersion === null ? {} : { recommended_version: network.currentBinaryVersion }),
      binaries,
      ...(network.genesisUrl === null ? {} : { genesis: { genesis_url: network.genesisUrl } }),
    },
    peers: { seeds: network.seeds.map(peerOf), persistent_peers: network.persistentPeers.map(peerOf) },
    apis: { rpc: network.rpcUrls.map(addressOf), rest: network.restUrls.map(addressOf) },
    explorers: network.explorerUrl === null ? [] : [{ url: network.explorerUrl }],
  };
}
