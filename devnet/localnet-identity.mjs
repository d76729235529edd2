// What a binary's chain is called and counted in, found out from the binary itself.

import { LocalnetError } from "./localnet-error.mjs";
import { runPosd } from "./posd-command.mjs";

const KEYRING = ["--keyring-backend", "test"];
/** SLIP-44 numbers that Cosmos chains derive with: Cosmos itself, Ethereum, and the few that registered their own. */
const COIN_TYPES = [118, 60, 330, 394, 459, 494, 529, 564, 118_000];
/** How Omniphi's unit is shown, for a binary whose genesis carries no metadata of it. */
const KNOWN_UNITS = { omniphi: { displayDenom: "OMNI", denomExponent: 6, name: "Omniphi" } };

/**
 * Name, prefix and denoms, from the genesis that `init` made and an address that the binary printed.
 *
 * @param {any} genesis
 * @param {string} address
 * @returns {{ displayName: string, accountPrefix: string, baseDenom: string, displayDenom: string, denomExponent: number }}
 * @throws {LocalnetError} posd_failed where the binary's chain has no staking
 */
export function identityOf(genesis, address) {
  const baseDenom = genesis.app_state?.staking?.params?.bond_denom;
  if (typeof baseDenom !== "string") {
    throw new LocalnetError("posd_failed", "This binary's chain has no staking module, so it can have no validators.");
  }
  const known = unitOf(genesis.app_state.bank?.denom_metadata, baseDenom) ?? KNOWN_UNITS[baseDenom];
  // A unit of which nothing is known is shown as it is counted.
  const unit = known ?? { displayDenom: baseDenom, denomExponent: 0, name: genesis.app_name || genesis.chain_id };
  return {
    displayName: `${unit.name} local chain`,
    accountPrefix: address.slice(0, address.lastIndexOf("1")),
    baseDenom,
    displayDenom: unit.displayDenom,
    denomExponent: unit.denomExponent,
  };
}

function unitOf(metadata, baseDenom) {
  const described = metadata?.find((one) => one.base === baseDenom);
  const shown = described?.denom_units?.find((unit) => unit.denom === described.display);
  if (!shown) return undefined;
  return {
    displayDenom: described.symbol || described.display,
    denomExponent: Number(shown.exponent),
    name: described.name || described.symbol || described.display,
  };
}

/**
 * The coin type of a key's path, found by deriving it anew with each: commands do not tell it.
 *
 * @param {(args: readonly string[], input?: string) => Promise<string>} posd
 * @param {{ address: string, mnemonic: string }} key
 * @returns {Promise<number>}
 */
export async function coinTypeOf(posd, { address, mnemonic }) {
  const dryRun = ["keys", "add", "probe", "--recover", "--dry-run", "--output", "json", ...KEYRING];
  for (const coinType of COIN_TYPES) {
    const output = await posd([...dryRun, "--coin-type", String(coinType)], `${mnemonic}\n`);
    if (JSON.parse(output).address === address) return coinType;
  }
  throw new LocalnetError(
    "posd_failed",
    `This binary derives its keys at none of the coin types ${COIN_TYPES.join(", ")}, so no wallet would find them.`,
  );
}

/** What the binary says of itself; `unknown` for one that was built without a version. @param {string} posdPath @param {AbortSignal} [signal] */
export async function versionOf(posdPath, signal) {
  // The SDK prints the version on stderr, later releases on stdout.
  const said = await runPosd(posdPath, ["version"], { signal, withErrors: true });
  return said.trim().split("\n")[0]?.trim().replaceAll(/\s+/g, "-").slice(0, 100) || "unknown";
}
