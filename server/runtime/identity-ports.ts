import "server-only";
import { createDerivedAgentAuthority } from "@/server/adapters/agent-authority/derived-agent-authority";
import { createFileAuditAnchor } from "@/server/adapters/audit-anchor/file-audit-anchor";
import { createHmacTokenMinter } from "@/server/adapters/tokens/hmac-token-minter";
import { createAdr36WalletVerifier } from "@/server/adapters/wallet/adr36-wallet-verifier";
import type { Ports } from "@/server/ports/ports";

/** The ports that identity and the audit log use; nothing is opened until the first call. */
export function createIdentityPorts(settings: {
  readonly authSecret: string;
  readonly dataDir: string;
  readonly publicUrl: string;
}): Pick<Ports, "walletVerifier" | "tokens" | "auditAnchor" | "agentAuthority"> {
  return {
    walletVerifier: createAdr36WalletVerifier(),
    tokens: createHmacTokenMinter({ authSecret: settings.authSecret }),
    agentAuthority: createDerivedAgentAuthority(settings),
    auditAnchor: createFileAuditAnchor({ dataDir: settings.dataDir }),
  };
}
