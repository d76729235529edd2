import type { Scope } from "@/server/kernel/scopes";

/** What each scope lets its holder do, in a few words. */
export const SCOPE_WORDS: Record<Scope, string> = {
  "identity:read": "Read members and wallets",
  "identity:write": "Change the organisation",
  "identity:admin": "Manage members and invitations",
  "validators:read": "Read validators, nodes and logs",
  "validators:write": "Set up validators; stop, start and redeploy nodes",
  "validators:admin": "Everything of validators",
  "chain:read": "Read the chain's records",
  "regions:read": "Read regions and prices",
  "audit:read": "Read and verify the audit log",
  "platform:read": "Read everything of the platform",
  "platform:write": "Steer everything of the platform",
  "platform:admin": "Administer the platform",
};
