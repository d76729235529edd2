// What a local chain's folder says about itself.

import { readFile, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { LocalnetError } from "./localnet-error.mjs";

/**
 * What others need to know of a local chain; kept as `<homeDir>/localnet.json`.
 *
 * @typedef {{
 *   chainId: string, genesisPath: string, genesisSha256: string, nodeId: string, moniker: string,
 *   p2pHost: string, p2pPort: number, rpcPort: number, restPort: number, grpcPort: number,
 *   blockTimeMs: number, minGasPrices: string, consensusTimeouts: ReturnType<typeof import("./localnet-params.mjs").consensusTimeouts>,
 *   displayName: string, accountPrefix: string, coinType: number,
 *   baseDenom: string, displayDenom: string, denomExponent: number, gasPriceDec: string,
 *   faucetAddress: string, validatorAddress: string, validatorOperatorAddress: string,
 *   posdPath: string, posdSha256: string, posdVersion: string,
 * }} LocalnetFacts
 */

/**
 * The facts that initLocalnet left.
 *
 * @param {string} homeDir
 * @returns {Promise<LocalnetFacts>}
 * @throws {LocalnetError} not_initialised
 */
export async function readLocalnetFacts(homeDir) {
  const facts = await findFacts(resolve(homeDir));
  if (facts) return facts;
  throw new LocalnetError("not_initialised", `There is no local chain in ${resolve(homeDir)}; run initLocalnet first.`);
}

/**
 * The faucet's account. Its mnemonic is a secret of this machine: never log it or hand it to a browser.
 *
 * @param {string} homeDir
 * @returns {Promise<{ address: string, mnemonic: string }>}
 */
export async function readFaucet(homeDir) {
  return JSON.parse(await readFile(join(resolve(homeDir), "faucet.json"), "utf8"));
}

export async function findFacts(home) {
  const path = join(home, "localnet.json");
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return null;
    if (!(error instanceof SyntaxError)) throw error;
    throw new LocalnetError(
      "differs",
      `${path} is damaged, so nothing is known of the chain beside it. Remove ${home} to make a new one.`,
    );
  }
}

export async function writeFacts(home, facts) {
  const draftPath = join(home, `.localnet.json.${process.pid}`);
  await writeFile(draftPath, `${JSON.stringify(facts, null, 2)}\n`, { mode: 0o600, flush: true });
  await rename(draftPath, join(home, "localnet.json"));
}
