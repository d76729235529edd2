import type { CallOptions } from "./call-options";

/** The newest link of one audit chain at an instant. */
export type AuditHead = { readonly chainKey: string; readonly sequence: number; readonly hash: string };

/** An anchored head, in the order of anchoring. */
export type AnchoredHead = AuditHead & { readonly anchoredAt: string };

/** A place outside the database where heads of audit chains are kept, so that a rewritten chain contradicts it. */
export type AuditAnchor = {
  /** Appends the heads durably; never rewrites earlier ones. @throws upstream_unavailable `audit.anchor_unavailable` */
  append(heads: readonly AuditHead[], anchoredAt: string, options?: CallOptions): Promise<void>;
  /** All heads ever anchored of the chain, oldest first. @throws upstream_unavailable `audit.anchor_unavailable` */
  list(chainKey: string, options?: CallOptions): Promise<readonly AnchoredHead[]>;
  /** The newest anchored head of every chain. @throws upstream_unavailable `audit.anchor_unavailable` */
  latest(options?: CallOptions): Promise<readonly AnchoredHead[]>;
};
