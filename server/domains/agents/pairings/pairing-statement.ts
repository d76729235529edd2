/** What the person's wallet signs to let a machine report: plain words, bound to this site, wallet, key, machine, nonce and time. */
export function pairingStatement(facts: {
  readonly origin: string;
  readonly walletAddress: string;
  readonly consensusPubkey: string;
  readonly machineId: string | null;
  readonly name: string;
  readonly nonce: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}): string {
  return [
    `${new URL(facts.origin).host} wants you to pair a machine with your wallet:`,
    facts.walletAddress,
    "",
    "Signing lets this machine report as the node of your validator. It costs nothing and sends no transaction.",
    "",
    `URI: ${facts.origin}`,
    `Machine: ${facts.name}`,
    `Machine ID: ${facts.machineId ?? "the one that uses the token"}`,
    `Consensus Key: ${facts.consensusPubkey}`,
    `Nonce: ${facts.nonce}`,
    `Issued At: ${facts.issuedAt.toISOString()}`,
    `Expiration Time: ${facts.expiresAt.toISOString()}`,
  ].join("\n");
}
