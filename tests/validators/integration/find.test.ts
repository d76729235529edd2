import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { grantPlatformRole } from "@/server/domains/identity";
import * as validators from "@/server/domains/validators";
import type { FoundItem } from "@/server/kernel/find";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestNetwork, createTestSetup, makeReadyToSign } from "../../support/factories/validators";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { fakeSetupPorts } from "../../support/validators/fake-setup-ports";

let runtime: TestRuntime;
let owner: SignedInPerson;
let stranger: SignedInPerson;
let setupRequestId: string;
let nodeId: string;
let name: string;

beforeAll(async () => {
  runtime = await createTestRuntime({ ports: fakeSetupPorts(mkdtempSync(join(tmpdir(), "omniphi-find-"))) });
  const { networkId } = await createTestNetwork(runtime);
  owner = await createPerson(runtime);
  stranger = await createPerson(runtime);
  ({ setupRequestId } = await createTestSetup(owner, networkId));
  ({ nodeId } = await makeReadyToSign(runtime, { organizationId: owner.organizationId, setupRequestId, networkId }));
  name = (await validators.getSetupRequest(await owner.ctx(), { setupRequestId })).setupRequest.validatorName;
});
afterAll(() => runtime.close());

const found = async (person: SignedInPerson, words: string): Promise<FoundItem[]> =>
  (await validators.find(await person.ctx(), { words })).items;

describe("what the palette finds of validators", () => {
  it("is one's own setup by part of its name, its id, its addresses and its node's id", async () => {
    const { operatorAddress } = (await validators.getSetupRequest(await owner.ctx(), { setupRequestId })).setupRequest;
    const words = [
      name.slice(1, -1).toUpperCase(),
      setupRequestId,
      owner.wallet.address,
      operatorAddress.slice(0, 30),
      nodeId,
    ];
    for (const each of words)
      expect([each, (await found(owner, each)).map(({ id }) => id)]).toEqual([each, [setupRequestId]]);
    expect((await found(owner, nodeId))[0]).toMatchObject({ kind: "node", title: `Node of ${name}` });
  });

  it("is nothing of another organisation, whatever is asked for", async () => {
    for (const words of [name, setupRequestId, owner.wallet.address, nodeId, "%%", "val_"]) {
      expect(await found(stranger, words)).toEqual([]);
    }
  });

  it("takes the signs of a pattern for themselves", async () => {
    expect(await found(owner, "%%")).toEqual([]);
    expect(await found(owner, "__")).toEqual([]);
  });

  it("offers the acts that are possible now, as addresses, and copies whole values", async () => {
    const [item] = await found(owner, name);
    expect(item?.acts.map(({ href }) => href)).toEqual([
      `/validators/${setupRequestId}/setup`,
      `/validators/${setupRequestId}/setup?act=cancel`,
    ]);
    expect(item?.copies).toContainEqual({ label: "Copy wallet address", value: owner.wallet.address });
  });

  it("is everybody's for operators, through their own door", async () => {
    await grantPlatformRole(await runtime.ctx(), { walletAddress: stranger.wallet.address, platformRole: "operator" });
    const ctx = { ...(await stranger.ctx()), organizationId: null };
    const { items } = await validators.find(ctx, { words: name });
    expect(items[0]).toMatchObject({ href: `/admin/setup-requests/${setupRequestId}` });
    expect(items[0]?.acts.map(({ href }) => href)).toContain(`/admin/nodes/${nodeId}`);
  });
});
