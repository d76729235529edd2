import "server-only";
import { readAgentHeader } from "@/lib/contracts/agent/request";
import {
  type AgentPrincipal,
  resolveAgent,
  resolveDevice,
  signatureRefused,
  versionUnsupported,
} from "@/server/domains/agents";
import {
  organizationNotFound,
  type Principal,
  resolveApiToken,
  resolveSession,
  touchCredential,
} from "@/server/domains/identity";
import type { RequestOrigin } from "@/server/kernel/context";
import { type AppError, isAppError, unauthenticated } from "@/server/kernel/errors";
import type { Runtime } from "@/server/runtime/runtime";
import { makeServiceCtx } from "@/server/runtime/service-context";
import { requestedOrganization } from "./requested-organization";
import { readCookie, sessionCookieName } from "./session-cookie";

/**
 * What a request's credential came to. `cookie`, `bearer` and `signature` name how it was sent: only cookies ride along with a cross-site request.
 * `refusal` is set when a bearer or a machine's signature was sent and is not valid, or when the request names an organisation in which the caller does not work; a stale
 * cookie is just nobody.
 */
export type Authentication = {
  readonly via: "none" | "cookie" | "bearer" | "signature";
  readonly principal: Principal | null;
  readonly refusal: AppError | null;
  /** Hash that the body must have, lower-case hex: a machine's signature covers it, and the body is read later. */
  readonly bodySha256?: string;
};

/** What a signature covers besides the body. */
export type RequestTarget = { readonly method: string; readonly path: string };

/** Characters of a wrong name that are said back. */
const MAX_ECHO = 60;

const NOBODY: Authentication = { via: "none", principal: null, refusal: null };

const credentialRefused = () =>
  unauthenticated(
    "auth.credential_invalid",
    "This token is not valid: it is mistyped, expired or revoked. Use another one or sign in again.",
  );

/** A machine as a principal: nobody's account, and of its own organisation. */
async function ofMachine(found: Promise<AgentPrincipal | null>): Promise<Principal | null> {
  const machine = await found;
  return (
    machine && {
      ...machine,
      user: null,
      organization: null,
      walletAddress: null,
      expiresAt: null,
      shouldTouch: false,
    }
  );
}

/** A request that says it is signed by a machine is that machine's or nobody's; it is never taken for a person's. */
async function authenticateAgent(
  runtime: Runtime,
  origin: RequestOrigin,
  signed: NonNullable<ReturnType<typeof readAgentHeader>>,
  target: RequestTarget | undefined,
): Promise<Authentication> {
  const refused = (refusal: AppError): Authentication => ({ via: "signature", principal: null, refusal });
  if (signed.kind === "other_version") return refused(versionUnsupported(signed.version));
  if (signed.kind === "malformed" || target === undefined) return refused(signatureRefused());
  const anonymous = await makeServiceCtx(runtime, { actor: { kind: "anonymous" }, organizationId: null, origin });
  try {
    const principal = await ofMachine(resolveAgent(anonymous, { ...signed.request, ...target }));
    return { via: "signature", principal, refusal: null, bodySha256: signed.request.bodySha256 };
  } catch (thrown) {
    if (isAppError(thrown) && thrown.kind === "unauthenticated") return refused(thrown);
    throw thrown;
  }
}

/**
 * Reads who asks, anew for every request, so that a revoked session or token stops with the next one. A bearer wins over a cookie and is never
 * replaced by it. An organisation that the request names is looked up among the caller's own, so that two tabs can work in two.
 * @throws upstream_unavailable kernel.database_unavailable: without the database nobody is let in
 */
export async function authenticate(
  runtime: Runtime,
  headers: Headers,
  origin: RequestOrigin,
  target?: RequestTarget,
): Promise<Authentication> {
  const authorization = headers.get("authorization");
  const signed = authorization === null ? null : readAgentHeader(authorization);
  if (signed) return authenticateAgent(runtime, origin, signed, target);
  const bearer = authorization === null ? undefined : /^Bearer ([\x21-\x7e]{1,200})$/i.exec(authorization)?.[1];
  if (authorization !== null && bearer === undefined) {
    return { via: "bearer", principal: null, refusal: credentialRefused() };
  }
  const presented = bearer ?? readCookie(headers, sessionCookieName(runtime.settings.publicUrl));
  if (presented === undefined) return NOBODY;

  const requested = requestedOrganization(headers);
  const { tokens } = await runtime.ports();
  const read = tokens.read(presented);
  const acceptable = bearer === undefined ? ["session"] : ["api", "access", "device"];
  const anonymous = await makeServiceCtx(runtime, { actor: { kind: "anonymous" }, organizationId: null, origin });
  const principal =
    read === null || !acceptable.includes(read.kind)
      ? null
      : read.kind === "api"
        ? await resolveApiToken(anonymous, { tokenHash: read.tokenHash })
        : read.kind === "device"
          ? await ofMachine(resolveDevice(anonymous, { tokenHash: read.tokenHash }))
          : await resolveSession(anonymous, { tokenHash: read.tokenHash, organizationSlug: requested.slug });
  if (principal === null) {
    return bearer === undefined ? NOBODY : { via: "bearer", principal: null, refusal: credentialRefused() };
  }
  if (principal.shouldTouch) {
    await touchCredential({ ...anonymous, actor: principal.actor, organizationId: principal.organizationId }, {});
  }
  // A session has looked the slug up; a token or a machine has one organisation of its own.
  const named = principal.actor.kind === "agent" ? null : requested.named;
  return {
    via: bearer === undefined ? "cookie" : "bearer",
    principal,
    refusal:
      named === null || principal.organization?.slug === named ? null : organizationNotFound(named.slice(0, MAX_ECHO)),
  };
}
