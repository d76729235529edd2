import type { z } from "zod";
import type { Database, Transaction } from "@/db/client";
import type { DomainEvent } from "./events";
import type { IdempotencyClaim, KeyedFlow } from "./idempotency";
import type { Logger } from "./logger";
import { isKnownScope, type OrganizationRole, type PlatformRole, type Scope, scopesOfRoles } from "./scopes";

/**
 * Who acts. `agent` is our program on somebody's machine, `webhook` a vendor's signed call; both hold the scopes they were given. `system` is our
 * own job or process; it carries every scope and names itself in the audit log.
 */
export type Actor =
  | {
      readonly kind: "user";
      readonly userId: string;
      readonly sessionId: string;
      readonly organizationRole: OrganizationRole | null;
      readonly platformRole: PlatformRole;
    }
  | {
      readonly kind: "apiToken";
      readonly apiTokenId: string;
      readonly userId: string;
      readonly scopes: readonly Scope[];
    }
  | { readonly kind: "agent"; readonly agentId: string; readonly scopes: readonly Scope[] }
  | {
      readonly kind: "webhook";
      readonly vendor: string;
      /** The vendor's own id of this delivery. */
      readonly deliveryId: string;
      readonly scopes: readonly Scope[];
    }
  | { readonly kind: "system"; readonly name: string }
  | { readonly kind: "anonymous" };

/** Whether the actor holds the scope. One that no loaded domain has is a fault of the program and never a mere refusal. */
export function hasScope(actor: Actor, scope: Scope): boolean {
  if (!isKnownScope(scope)) throw new Error(`no loaded domain has the scope ${scope}`);
  switch (actor.kind) {
    case "system":
      return true;
    case "anonymous":
      return false;
    case "apiToken":
    case "agent":
    case "webhook":
      return actor.scopes.includes(scope);
    case "user":
      return scopesOfRoles(actor.organizationRole, actor.platformRole).has(scope);
  }
}

/** Short stable name of the actor for audit rows and logs, e.g. `user:usr_…`, `system:validators.provision`. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case "user":
      return `user:${actor.userId}`;
    case "apiToken":
      return `apiToken:${actor.apiTokenId}`;
    case "agent":
      return `agent:${actor.agentId}`;
    case "webhook":
      return `webhook:${actor.vendor}:${actor.deliveryId}`;
    case "system":
      return `system:${actor.name}`;
    case "anonymous":
      return "anonymous";
  }
}

/** Where a request came from, for audit rows; null where there is no request. */
export type RequestOrigin = {
  readonly requestId: string;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
};

/** What a transport builds per request or run and hands to verbs. `Ports` is the record of outside systems; only effects see it. */
export type ServiceCtx<Ports = unknown> = {
  readonly db: Database;
  readonly ports: Ports;
  readonly actor: Actor;
  readonly organizationId: string | null;
  readonly origin: RequestOrigin;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly idempotency?: IdempotencyClaim;
  /** Set by the outermost flow that was called with a key; transports leave it alone. */
  readonly keyedFlow?: KeyedFlow;
};

/** One line of the audit log, as a command states it; ids and small facts only, never secrets. */
export type AuditEntry = {
  /** `domain.entity.past`, e.g. `validators.setup_request.created`. */
  readonly action: string;
  readonly targetType: string;
  readonly targetId: string;
  /** Defaults to the context's; a platform act names the organisation it touched. */
  readonly organizationId?: string | null;
  readonly details?: Readonly<Record<string, unknown>>;
};

/** An event that leaves when, and only when, the transaction commits. */
export type OutboundEvent = { readonly name: string; readonly data: Readonly<Record<string, unknown>> };

/** All that a command's body can reach: its transaction and nothing outside. */
export type CommandCtx<OrganizationId extends string | null = string> = {
  readonly tx: Transaction;
  readonly organizationId: OrganizationId;
  readonly actor: Actor;
  readonly origin: RequestOrigin;
  readonly logger: Logger;
  readonly now: Date;
  /** Typed by the event and parsed by its schema; what does not fit is our mistake and takes the command back. */
  readonly emit: <Schema extends z.ZodObject>(event: DomainEvent<Schema>, data: z.input<Schema>) => Promise<void>;
  readonly audit: (entry: AuditEntry) => void;
  readonly parent: CommandFrame;
};

/** What nested commands of one transaction share; opaque outside the kernel. */
export type CommandFrame = { readonly entries: AuditEntry[] };

/** All that a query's body can reach. */
export type QueryCtx<OrganizationId extends string | null = string> = {
  readonly db: Database | Transaction;
  readonly organizationId: OrganizationId;
  readonly actor: Actor;
  readonly logger: Logger;
  readonly now: Date;
};

/** All that an effect's body can reach: the outside, and no database. */
export type EffectCtx<Ports> = {
  readonly ports: Ports;
  readonly organizationId: string | null;
  readonly actor: Actor;
  readonly logger: Logger;
  readonly now: () => Date;
};

/** The same act for another organisation, or for the platform. The caller decides whether that is right: scopes are asked of the actor as before. */
export const actingFor = <Ctx extends { readonly organizationId: string | null }, Organization extends string | null>(
  ctx: Ctx,
  organizationId: Organization,
): Omit<Ctx, "organizationId"> & { readonly organizationId: Organization } => ({ ...ctx, organizationId });

/** The same caller beside its request: what is written so is no part of what its Idempotency-Key stands for. */
export function withoutKey<Ports>(ctx: ServiceCtx<Ports>): ServiceCtx<Ports> {
  const { idempotency: _claim, keyedFlow: _flow, ...own } = ctx;
  return own;
}
