import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sessions, wallets } from "@/db/schema/identity";
import { auditEvents } from "@/db/schema/system";
import { linkWallet, listSessions, listWallets, refreshSession, unlinkWallet } from "@/server/domains/identity";
import { answerChallenge, createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { createTestWallet } from "../../support/test-wallet";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
});
afterAll(() => runtime.close());

/** A person with two wallets, signed in once with each. */
async function setup() {
  const first = await createPerson(runtime);
  const wallet = await createTestWallet();
  const { id: walletId } = await linkWallet(await first.ctx(), await answerChallenge(runtime, wallet));
  const second = await createPerson(runtime, wallet);
  return { first, second, walletId };
}

const ended = { message: "the session of this person has ended" };
const refresh = async (person: SignedInPerson) =>
  refreshSession(await runtime.ctx({ actor: { kind: "anonymous" } }), { refreshToken: person.refreshToken });

describe("a wallet that is unlinked", () => {
  it("takes the sessions that were signed in with it along, and leaves the others", async () => {
    const { first, second, walletId } = await setup();
    await unlinkWallet(await first.ctx(), { walletId });
    await expect(second.ctx()).rejects.toMatchObject(ended);
    await expect(refresh(second)).rejects.toMatchObject({ code: "auth.refresh_refused" });
    expect((await listSessions(await first.ctx(), {})).items.map((session) => session.id)).toEqual([first.sessionId]);
    await refresh(first);
  });

  it("ends the asking session too when that was signed in with it", async () => {
    const { first, second, walletId } = await setup();
    await unlinkWallet(await second.ctx(), { walletId });
    await expect(second.ctx()).rejects.toMatchObject(ended);
    expect((await listWallets(await first.ctx(), {})).items).toHaveLength(1);
    const [row] = await runtime.db.select().from(sessions).where(eq(sessions.id, second.sessionId));
    expect(row?.revokedReason).toBe("wallet_unlinked");
  });

  it("says in the audit log which sessions it ended", async () => {
    const { first, second, walletId } = await setup();
    await unlinkWallet(await first.ctx(), { walletId });
    const [row] = await runtime.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.targetId, walletId))
      .orderBy(auditEvents.sequence)
      .offset(1);
    expect(row).toMatchObject({
      action: "identity.wallet.unlinked",
      details: { endedSessionIds: [second.sessionId] },
    });
  });

  it("opens nothing of whoever has it next, nor of whom it was, however it went", async () => {
    const { second, walletId } = await setup();
    // As an older release left it: the wallet gone, the session alive.
    await runtime.db.delete(wallets).where(eq(wallets.id, walletId));
    await expect(second.ctx()).rejects.toMatchObject(ended);
  });

  it("leaves no session of the old account when somebody signs in with it at the same moment", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { first, second, walletId } = await setup();
      const ctx = await first.ctx();
      const [signedIn] = await Promise.all([
        createPerson(runtime, second.wallet).catch(() => undefined),
        unlinkWallet(ctx, { walletId }),
      ]);
      const rows = await runtime.db.select().from(sessions).where(eq(sessions.walletAddress, second.wallet.address));
      const alive = rows.filter((row) => row.userId === first.userId && row.revokedAt === null);
      expect(alive).toEqual([]);
      // Who was in before the wallet went is out; who came after it is somebody else.
      if (signedIn?.userId === first.userId) await expect(signedIn.ctx()).rejects.toMatchObject(ended);
    }
  });
});
