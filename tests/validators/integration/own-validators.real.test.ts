import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { discardDraft, getDraft, listByWallet, saveDraft } from "@/server/domains/validators";
import { createPerson } from "@/tests/support/factories/identity";
import { registerTestNetwork } from "@/tests/support/factories/networks";
import { startWireChain } from "@/tests/support/fakes/chain-node-wire";
import { createSigningStage, type SigningStage, sign } from "@/tests/support/validators/signing-stage";

let stage: SigningStage;
beforeAll(async () => {
  stage = await createSigningStage();
});
afterAll(() => stage?.close());

describe("an unfinished wizard", () => {
  it("is taken up by the same person on another device, field by field, until it is thrown away", async () => {
    const phone = await createPerson(stage.runtime);
    const desk = await createPerson(stage.runtime, phone.wallet);
    expect(desk.sessionId).not.toBe(phone.sessionId);
    await saveDraft(await phone.ctx(), { answers: { validatorName: "Lighthouse", commissionRate: "0.1" } });
    await saveDraft(await desk.ctx(), { answers: { commissionRate: "0.2", regionCode: "us-east" } });
    const both = { validatorName: "Lighthouse", commissionRate: "0.2", regionCode: "us-east" };
    expect(await getDraft(await phone.ctx(), {})).toEqual(both);
    expect(await getDraft(await desk.ctx(), {})).toEqual(both);

    const stranger = await createPerson(stage.runtime);
    expect(await getDraft(await stranger.ctx(), {})).toEqual({});
    await discardDraft(await desk.ctx(), {});
    expect(await getDraft(await phone.ctx(), {})).toEqual({});
  });
});

describe("the validators of a wallet", () => {
  it("come with what the chain says of each: nothing before it is there, its key and stake after", async () => {
    const signer = await stage.createSigner();
    const ask = async () => listByWallet(await signer.person.ctx(), { address: signer.actor.address });
    const row = { setupRequest: { id: signer.setupRequestId }, chainError: null };
    expect(await ask()).toMatchObject([{ ...row, chainInfo: null }]);

    const { transactionId } = await signer.submit(sign(signer.actor, await signer.prepare()));
    await stage.deliver(signer, transactionId);
    const [shown] = await ask();
    expect(shown).toMatchObject({
      ...row,
      chainInfo: { validatorAddress: signer.actor.operatorAddress, tokens: "1000000", votingPower: "1", jailed: false },
    });
    expect(Number(shown?.chainInfo?.commission)).toBe(0.1);
  });

  it("stay listed when the chain does not answer, and say so", async () => {
    const gone = await startWireChain({ chainId: stage.localnet.facts.chainId });
    const { id: networkId } = await registerTestNetwork(await stage.runtime.ctx(), stage.localnet, {
      rpcUrls: [gone.url],
      restUrls: [gone.url],
    });
    const signer = await stage.createSigner({ networkId });
    await gone.close();
    expect(await listByWallet(await signer.person.ctx(), { address: signer.actor.address })).toMatchObject([
      { setupRequest: { id: signer.setupRequestId }, chainInfo: null, chainError: "unreachable" },
    ]);
  });

  it("are none for a wallet without any, and refused for what is no address", async () => {
    const signer = await stage.createSigner();
    const stranger = await createPerson(stage.runtime);
    expect(await listByWallet(await stranger.ctx(), { address: signer.actor.address })).toEqual([]);
    const broken = `${signer.actor.address.slice(0, -1)}${signer.actor.address.endsWith("q") ? "p" : "q"}`;
    await expect(listByWallet(await stranger.ctx(), { address: broken })).rejects.toMatchObject({ kind: "invalid" });
  });
});
