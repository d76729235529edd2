import "server-only";
import { pruneSystemRows } from "@/server/kernel/prune-system-rows";
import type { Cron } from "@/server/kernel/work/declare-cron";
import type { Ports } from "@/server/ports/ports";
import { anchorAuditHeads, pruneExpired } from "./index";

/** What a forger could rewrite unseen is at most what came since the last tick. */
const anchorAudit: Cron<Ports> = {
  id: "identity.anchor-audit",
  every: "*/10 * * * *",
  retries: 3,
  steps: [
    {
      id: "anchor",
      title: "Keep the newest links of the audit chains outside the database",
      run: (ctx) => anchorAuditHeads(ctx, {}),
    },
  ],
};

/** The kernel's rows go with identity's: both are forgotten by the hour, and the kernel has no clock of its own. */
const pruneExpiredRows: Cron<Ports> = {
  id: "identity.prune-expired-rows",
  every: "23 * * * *",
  retries: 3,
  steps: [
    {
      id: "identity",
      title: "Forget ended statements, invitations and sessions",
      run: (ctx) => pruneExpired(ctx, {}),
    },
    { id: "system", title: "Forget old keys, sent events and rate limits", run: ({ db }) => pruneSystemRows(db) },
  ],
};

/** What this domain does by the clock. */
export const crons = [anchorAudit, pruneExpiredRows] as const;
