/** What the person signs to prove a wallet: plain words, bound to this site, chain, address, nonce and time. */
export function signInStatement(facts: {
  readonly publicUrl: string;
  readonly chainId: string;
  readonly address: string;
  readonly nonce: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}): string {
  const { host, origin } = new URL(facts.publicUrl);
  return [
    `${host} wants you to sign in to Omniphi Cloud with your wallet:`,
    facts.address,
    "",
    "Signing proves that you hold this wallet. It costs nothing and sends no transaction.",
    "",
    `URI: ${origin}`,
    `Chain ID: ${facts.chainId}`,
    `Nonce: ${facts.nonce}`,
    `Issued At: ${facts.issuedAt.toISOString()}`,
    `Expiration Time: ${facts.expiresAt.toISOString()}`,
  ].join("\n");
}
