// Whose names a local chain has: one source, linked with other names.

/**
 * @typedef {{
 *   chainName: string, appName: string, binaryName: string, accountPrefix: string, coinType: number,
 *   baseDenom: string, milliDenom: string, displayDenom: string,
 * }} Identity
 */

/** Omniphi's own, and a network that shares none of them with it, so that what holds on both is not written for one. */
export const IDENTITIES = Object.freeze({
  omniphi: Object.freeze({
    chainName: "Omniphi",
    appName: "pos",
    binaryName: "posd",
    accountPrefix: "omni",
    coinType: 60,
    baseDenom: "omniphi",
    milliDenom: "mOMNI",
    displayDenom: "OMNI",
  }),
  orbit: Object.freeze({
    chainName: "Orbit",
    appName: "orbit",
    binaryName: "orbitd",
    accountPrefix: "orb",
    coinType: 118,
    baseDenom: "uorb",
    milliDenom: "morb",
    displayDenom: "ORB",
  }),
});
