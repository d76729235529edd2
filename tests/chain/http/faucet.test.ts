import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { upstreamUnavailable } from "@/server/kernel/errors";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestNetwork } from "../../support/factories/validators";
import { callApi } from "../../support/http-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { fakeSetupPorts } from "../../support/validators/fake-setup-ports";

let runtime: TestRuntime;
let networkId: string;
let person: SignedInPerson;
/** Addresses in the order of being paid. */
let paid: string[] = [];
let isDown = false;

beforeAll(async () => {
  const faucet = {
    drip: async ({ address }: { address: string }) => {
      if (isDown) throw upstreamUnavailable("faucet.unavailable", "The local chain does not answer.");
      paid.push(address);
      return { txHash: String(paid.length).padStart(64, "0") };
    },
  };
  runtime = await createTestRuntime({
    ports: { ...fakeSetupPorts(mkdtempSync(join(tmpdir(), "omniphi-faucet-"))), faucet },
  });
  ({ networkId } = await createTestNetwork(runtime));
});
beforeEach(async () => {
  paid = [];
  isDown = false;
  person = await createPerson(runtime);
});
afterAll(() => runtime.close());

const ask = (key?: string) =>
  callApi("POST", "/api/v1/faucet", {
    bearer: person.accessToken,
    json: { networkId, address: person.wallet.address },
    ...(key === undefined ? {} : { headers: { "idempotency-key": key } }),
  });

describe("the faucet", () => {
  it("pays once for one Idempotency-Key and answers the same again", async () => {
    const first = await ask("one");
    const again = await ask("one");
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body).toEqual(first.body);
    expect(paid).toEqual([person.wallet.address]);
  });

  it("pays once for ten requests at once with one key; who comes too early for the answer is told so", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask("race")));
    expect(paid).toHaveLength(1);
    for (const { status, body } of answers) {
      expect(status === 200 ? body.txHash.length === 64 : body.code === "chain.drip_claimed").toBe(true);
    }
    expect(answers.some(({ status }) => status === 200)).toBe(true);
  });

  it("never guesses whether a payment that failed was made: its key stays used, a new one pays", async () => {
    isDown = true;
    expect((await ask("down")).status).toBe(503);
    isDown = false;
    const again = await ask("down");
    expect([again.status, again.body.code]).toEqual([409, "chain.drip_claimed"]);
    expect((await ask("up")).status).toBe(200);
    expect(paid).toHaveLength(1);
  });

  it("pays each time when no key says that two are one", async () => {
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
    expect(paid).toHaveLength(2);
  });
});
