import "server-only";
import { cron } from "inngest";
import { inngest } from "@/inngest/client";
import { asJob } from "@/inngest/job-errors";
import { anchorAuditHeads } from "@/server/domains/identity";
import { jobContext } from "@/server/runtime/job-context";

/** Every ten minutes: the newest links of the audit chains go to a place outside the database; what a forger could rewrite unseen is at most that. */
export const anchorAudit = inngest.createFunction(
  { id: "identity.anchor-audit", triggers: [cron("*/10 * * * *")], retries: 3, concurrency: [{ limit: 1 }] },
  async ({ step }) => {
    await step.run("anchor", () => asJob(async () => anchorAuditHeads(await jobContext("identity.anchor-audit"), {})));
  },
);
