/** Any gateway will do: what it answers is held against the hash on the chain. */
const IPFS_GATEWAY = "https://ipfs.io/ipfs/";
/** A CID of version 0, or one of version 1 in base32. */
const CID = /^(Qm[1-9A-HJ-NP-Za-km-z]{44}|b[a-z2-7]{58,110})(\/[^\s?#]*)?$/;

/** The https address of a report that a proposal's guard points to; null where its kind is not read from here. */
export function reportAddress(uri: string): string | null {
  const path = uri.startsWith("ipfs://") ? uri.slice("ipfs://".length) : uri;
  if (CID.test(path)) return `${IPFS_GATEWAY}${path}`;
  return URL.canParse(uri) && new URL(uri).protocol === "https:" ? uri : null;
}
