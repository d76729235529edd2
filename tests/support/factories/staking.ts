import { stakingActs, stakingCompounds } from "@/db/schema/staking";
import { stakingDomain } from "@/server/domains/staking/domain";
import type { SignedInPerson } from "./identity";

/** An act of that person's organisation that waits for a signature; its document is left out. */
export async function createTestAct(
  owner: SignedInPerson,
  change: Partial<typeof stakingActs.$inferInsert> = {},
): Promise<{ actId: string }> {
  const { db, organizationId } = await owner.ctx();
  const id = stakingDomain.newId("act");
  await db.insert(stakingActs).values({
    id,
    organizationId,
    actor: `user:${owner.userId}`,
    networkId: "net_01890000-0000-7000-8000-000000000000",
    signerAddress: owner.wallet.address,
    kind: "claim_all",
    denom: "omniphi",
    feeBaseUnits: 7_500n,
    sentences: ["Withdraw staking rewards"],
    fingerprint: "K3QZ-7TXM-0VJ4-9R2D",
    status: "prepared",
    ...change,
  });
  return { actId: id };
}

/** A compounding of that person's organisation that goes on; the chain holds no grant of it. */
export async function createTestCompound(
  owner: SignedInPerson,
  change: Partial<typeof stakingCompounds.$inferInsert> = {},
): Promise<{ compoundId: string }> {
  const { db, organizationId } = await owner.ctx();
  const id = stakingDomain.newId("compound");
  const at = new Date();
  await db.insert(stakingCompounds).values({
    id,
    organizationId,
    networkId: "net_01890000-0000-7000-8000-000000000000",
    delegatorAddress: owner.wallet.address,
    operatorAddress: "omnivaloper1qypqxpq9qcrsszg2pvxq6rs0zqg3yyc5lzv7xu",
    granteeAddress: owner.wallet.address,
    denom: "omniphi",
    actId: stakingDomain.newId("act"),
    status: "active",
    nextLookAt: at,
    ...change,
  });
  return { compoundId: id };
}

/** One of each kind of the domain's ids, for whoever tries them with a stranger's. @public */
export const idsOf = async (owner: SignedInPerson): Promise<Readonly<Record<string, string>>> => ({
  act: (await createTestAct(owner)).actId,
  compound: (await createTestCompound(owner)).compoundId,
});
