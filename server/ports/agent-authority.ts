/** The platform as agents know it: where it is, and the key by which its commands are told from anybody else's. */
export type AgentAuthority = {
  /** Origin of this installation as people see it. */
  readonly origin: string;
  /** Raw Ed25519 key in base64. */
  readonly publicKeyBase64: string;
  /** Ed25519 signature of the bytes in base64url. */
  sign(bytes: Uint8Array): string;
};
