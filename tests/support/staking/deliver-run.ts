import { desc, eq } from "drizzle-orm";
import { chainTransactions } from "@/db/schema/chain";
import { stakingCompoundRuns } from "@/db/schema/staking";
import { recordOutcomeOf, sendAccepted, watchTransaction } from "@/server/domains/chain/transactions/send-accepted";
import { settleCompoundRun } from "@/server/domains/staking";
import { eventually } from "../eventually";
import type { TestRuntime } from "../test-runtime";

/** Brings the newest compounding to its block, as the durable functions do, and takes in what came of it. */
export async function deliverNewestRun(runtime: TestRuntime, compoundId: string) {
  const [run] = await runtime.db
    .select()
    .from(stakingCompoundRuns)
    .where(eq(stakingCompoundRuns.compoundId, compoundId))
    .orderBy(desc(stakingCompoundRuns.createdAt))
    .limit(1);
  if (run === undefined) throw new Error("nothing was sent");
  const [transaction] = await runtime.db
    .select()
    .from(chainTransactions)
    .where(eq(chainTransactions.subjectId, run.id));
  if (transaction === undefined) throw new Error("a compounding without its transaction");
  const ctx = await runtime.ctx();
  const ref = { transactionId: transaction.id };
  if ((await sendAccepted(ctx, ref)).outcome !== "refused") {
    const found = await eventually("a block has the compounding", async () => {
      const look = await watchTransaction(ctx, ref);
      return look.isFound && look;
    });
    await recordOutcomeOf(ctx, ref, found);
  }
  await settleCompoundRun(ctx, { runId: run.id });
  return run;
}
