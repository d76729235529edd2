import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chainTransactions } from "@/db/schema/chain";
import { validatorNodes } from "@/db/schema/validators";
import { chainDomain } from "@/server/domains/chain/domain";
import { cancelSetupRequest, redeployNode } from "@/server/domains/validators";
import { subjectOf } from "@/server/domains/validators/constants";
import { finishOperation } from "@/server/domains/validators/nodes/run-node-operation";
import { eventually } from "@/tests/support/eventually";
import { createKillStage, type KillStage, type StagedSetup } from "@/tests/support/validators/kill-stage";

let stage: KillStage;
beforeAll(async () => {
  stage = await createKillStage();
});
afterAll(() => stage?.close());

/** A transaction of the request that went out and of which no block said a word in its time, or that a block refused. */
const went = ({ person, setupRequestId }: StagedSetup, status: "expired" | "failed") =>
  stage.runtime.db.insert(chainTransactions).values({
    id: chainDomain.newId("transaction"),
    organizationId: person.organizationId,
    subjectKind: subjectOf(setupRequestId).kind,
    subjectId: setupRequestId,
    networkId: stage.networkId,
    signerAddress: person.wallet.address,
    type: "create_validator",
    signMode: "direct",
    bodyBytesBase64: "AA==",
    authInfoBytesBase64: "AA==",
    signBytesBase64: "AA==",
    signerPubkeyBase64: "AA==",
    accountNumber: 1n,
    sequence: 1n,
    fingerprint: "aaaa-bbbb",
    status,
    txHash: status.padEnd(64, "0"),
    createdAt: new Date(),
    updatedAt: new Date(),
  });

async function giveUp(setup: StagedSetup) {
  await cancelSetupRequest(await setup.person.ctx(), { setupRequestId: setup.setupRequestId });
  await eventually("it is given back", async () =>
    (await stage.setupRows([setup])).every((row) => row.releasedAt !== null),
  );
  const [volume] = await stage.volumeRows([setup]);
  const { volumes, nodes } = stage.fakes.docker.state();
  return {
    hasVolume: (volume?.id ?? "") in volumes,
    nodes: Object.values(nodes).filter(({ volumeId }) => volumeId === volume?.id).length,
  };
}

describe("giving up a request that was signed", () => {
  it("keeps the key while what went out may still be in a block, and removes it once a block refused it", async () => {
    const [unsaid, refused] = await stage.createSetups(2);
    if (!unsaid || !refused) throw new Error("no setups");
    await stage.untilStatus([unsaid, refused], "ready_for_chain_tx");
    await went(unsaid, "expired");
    await went(refused, "failed");
    expect(await giveUp(unsaid)).toEqual({ hasVolume: true, nodes: 0 });
    expect(await giveUp(refused)).toEqual({ hasVolume: false, nodes: 0 });
  });
});

describe("a node that ended while an operation on it was asked for", () => {
  it("takes no new one, and ends the one that it had got, so that no sweep is held up by it", async () => {
    const [setup] = await stage.createSetups(1);
    if (!setup) throw new Error("no setup");
    await stage.untilStatus([setup], "ready_for_chain_tx");
    await giveUp(setup);
    const [node] = await stage.nodeRows([setup]);
    if (!node) throw new Error("no node");
    await expect(
      redeployNode(await setup.person.ctx(), { setupRequestId: setup.setupRequestId }),
    ).rejects.toMatchObject({ kind: "not_found" });
    // As the race of before left it: removed, and with an operation that nothing could end.
    await stage.runtime.db.update(validatorNodes).set({ operation: "redeploy" }).where(eq(validatorNodes.id, node.id));
    await finishOperation(await stage.runtime.ctx(), {
      nodeId: node.id,
      generation: node.generation,
      runId: null,
      status: "error",
      sentence: "It took too long.",
      failureCode: "validators.operation_overdue",
    });
    const [after] = await stage.nodeRows([setup]);
    expect(after).toMatchObject({ status: "terminated", operation: null });
  });
});
