import { hasScope } from "@/server/kernel/context";
import { listScopes } from "@/server/kernel/scopes";
import type { Me } from "../schemas";
import type { Principal } from "./resolve-credential";

/** What a caller may know of itself; pure, since the principal was read with the request. */
export function describePrincipal(principal: Principal): Me {
  const scopes = listScopes()
    .map(({ scope }) => scope)
    .filter((scope) => hasScope(principal.actor, scope));
  return {
    actor: principal.actor.kind,
    user: principal.user,
    organization: principal.organization,
    walletAddress: principal.walletAddress,
    scopes,
    expiresAt: principal.expiresAt,
  };
}
