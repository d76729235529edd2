import type { WalletNetwork } from "./wallet-signer";

/**
 * A network as the Keplr family takes it (`experimentalSuggestChain`, Keplr's ChainInfo): all six prefixes, stake and fee currencies, gas price
 * steps. The features that would derive Ethereum-style addresses are left out on purpose: the chain's keys are plain secp256k1.
 */
export function suggestedChain(network: WalletNetwork) {
  const currency = {
    coinDenom: network.displayDenom,
    coinMinimalDenom: network.baseDenom,
    coinDecimals: network.denomExponent,
  };
  return {
    chainId: network.chainId,
    chainName: network.displayName,
    rpc: network.rpcUrl,
    rest: network.restUrl,
    bip44: { coinType: network.coinType },
    bech32Config: {
      bech32PrefixAccAddr: network.bech32.account,
      bech32PrefixAccPub: network.bech32.accountPub,
      bech32PrefixValAddr: network.bech32.validator,
      bech32PrefixValPub: network.bech32.validatorPub,
      bech32PrefixConsAddr: network.bech32.consensus,
      bech32PrefixConsPub: network.bech32.consensusPub,
    },
    currencies: [currency],
    stakeCurrency: currency,
    feeCurrencies: [
      {
        ...currency,
        gasPriceStep: {
          low: Number(network.gasPriceSteps.low),
          average: Number(network.gasPriceSteps.average),
          high: Number(network.gasPriceSteps.high),
        },
      },
    ],
    features: [],
  };
}
