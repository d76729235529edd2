import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { prepareTransaction, previewStake } from "@/server/domains/validators";
import { createPerson, type SignedInPerson } from "@/tests/support/factories/identity";
import { createTestNetwork, createTestSetup, makeReadyToSign } from "@/tests/support/factories/validators";
import { callApi } from "@/tests/support/http-client";
import { createTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { writeFakeChain } from "@/tests/support/validators/fake-chains";
import { fakeSetupControl, fakeSetupPorts } from "@/tests/support/validators/fake-setup-ports";

const dir = mkdtempSync(join(tmpdir(), "omniphi-stake-"));
const { chainFile } = fakeSetupControl(dir);

let runtime: TestRuntime;
let person: SignedInPerson;
let networkId: string;
beforeAll(async () => {
  runtime = await createTestRuntime({ ports: fakeSetupPorts(dir) });
  ({ networkId } = await createTestNetwork(runtime));
  person = await createPerson(runtime);
});
beforeEach(() =>
  writeFakeChain(chainFile, { isDown: false, maxValidators: 125, balance: 10_000_000, spendable: 10_000_000 }),
);
afterAll(() => runtime.close());

const preview = async (selfDelegation: string) =>
  previewStake(await person.ctx(), { networkId, walletAddress: person.wallet.address, selfDelegation });

describe("what a stake would come to", () => {
  it("is spendable coins, fee, rest, power and rank, from the chain", async () => {
    expect(await preview("2500000")).toMatchObject({
      denom: "omniphi",
      spendableBaseUnits: "10000000",
      feeBaseUnits: "7500",
      remainsBaseUnits: "7492500",
      isCovered: true,
      powerReduction: "1000000",
      votingPower: "2",
      isBelowOnePower: false,
      isSetFull: false,
      wouldRank: 2,
      wouldJoinSet: true,
      lowestBonded: "100000000",
    });
  });

  it("counts what may be spent of a vesting account, not its balance", async () => {
    writeFakeChain(chainFile, { balance: 10_000_000, spendable: 1_000_000 });
    expect(await preview("1000000")).toMatchObject({ spendableBaseUnits: "1000000", isCovered: false });
  });

  it("is an error while the chain does not answer, never a zero", async () => {
    writeFakeChain(chainFile, { isDown: true });
    await expect(preview("1000000")).rejects.toMatchObject({ code: "chain.unavailable" });
  });
});

describe("a stake that never signs", () => {
  const body = (selfDelegation: string) => ({
    networkId,
    walletAddress: person.wallet.address,
    validatorName: "Too small a stake",
    commissionRate: "0.1",
    minSelfDelegation: "1",
    selfDelegation,
    runMode: "cloud",
    regionCode: "us-east",
    tierCode: "small",
  });

  it("is refused before a node is made when it is below one unit of voting power", async () => {
    const answer = await callApi("POST", "/api/v1/validators/setup-requests", {
      bearer: person.accessToken,
      json: body("999999"),
    });
    expect([answer.status, answer.body.code]).toEqual([400, "validators.stake_below_one_power"]);
    expect(Object.keys(answer.body.errors as object)).toEqual(["selfDelegation"]);
  });

  it("is told before it is signed when the set is full of larger ones", async () => {
    const owner = await createPerson(runtime);
    const { setupRequestId } = await createTestSetup(owner, networkId);
    await makeReadyToSign(runtime, { organizationId: owner.organizationId, setupRequestId, networkId });
    const { pubkey } = await owner.wallet.signBytes(new Uint8Array());
    const prepare = async () => prepareTransaction(await owner.ctx(), { setupRequestId, pubkey, signMode: "direct" });
    expect((await prepare()).warnings).toEqual([]);
    writeFakeChain(chainFile, { maxValidators: 1 });
    expect((await prepare()).warnings).toEqual([expect.stringContaining("would be number 2")]);
  });
});
