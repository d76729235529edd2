import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { regionAllocations } from "@/db/schema/regions";
import { outboxEvents } from "@/db/schema/system";
import { provisioningEvents, validatorSetupRequests } from "@/db/schema/validators";
import { operatorAddressOf } from "@/lib/chain/bech32-address";
import { countSlots, updateRegion } from "@/server/domains/regions";
import { cancelSetupRequest, requestSetup } from "@/server/domains/validators";
import type { CreateSetupRequestInput } from "@/server/domains/validators/requests/schemas";
import { isAppError } from "@/server/kernel/errors";
import { createPerson, type SignedInPerson } from "@/tests/support/factories/identity";
import { createTestNetwork, createTestSetup, OMNI_PREFIXES } from "@/tests/support/factories/validators";
import { callApi } from "@/tests/support/http-client";
import { createTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { createTestWallet } from "@/tests/support/test-wallet";
import { writeFakeChain } from "@/tests/support/validators/fake-chains";
import { fakeSetupControl, fakeSetupPorts } from "@/tests/support/validators/fake-setup-ports";

const PATH = "/api/v1/validators/setup-requests";
const dir = mkdtempSync(join(tmpdir(), "omniphi-create-"));

let runtime: TestRuntime;
let person: SignedInPerson;
let networkId: string;
beforeAll(async () => {
  runtime = await createTestRuntime({ ports: fakeSetupPorts(dir) });
  ({ networkId } = await createTestNetwork(runtime));
  person = await createPerson(runtime);
});
afterAll(() => runtime.close());

const bodyFor = (owner: SignedInPerson, change: Partial<CreateSetupRequestInput> = {}): CreateSetupRequestInput => ({
  networkId,
  walletAddress: owner.wallet.address,
  validatorName: "A new validator",
  commissionRate: "0.1",
  selfDelegation: "1000000",
  runMode: "cloud",
  regionCode: "us-east",
  tierCode: "small",
  ...change,
});
const post = (owner: SignedInPerson, json: unknown, headers: Record<string, string> = {}) =>
  callApi("POST", PATH, { bearer: owner.accessToken, json, headers });

/** Everything that a refused request must have left untouched. */
async function written() {
  const [requests, events, slots, outbox] = await Promise.all([
    runtime.db.$count(validatorSetupRequests),
    runtime.db.$count(provisioningEvents),
    runtime.db.$count(regionAllocations),
    runtime.db.$count(outboxEvents),
  ]);
  return { requests, events, slots, outbox };
}

const brokenChecksum = (address: string) => `${address.slice(0, -1)}${address.endsWith("q") ? "p" : "q"}`;
const FIELD_MISTAKES: readonly [
  string,
  string,
  (owner: SignedInPerson) => Promise<Partial<CreateSetupRequestInput>>,
][] = [
  ["a commission of 4 %, which this chain refuses", "commissionRate", async () => ({ commissionRate: "0.04" })],
  ["a commission above its maximum", "commissionRate", async () => ({ commissionRate: "0.3" })],
  ["a commission above one", "commissionMaxRate", async () => ({ commissionMaxRate: "1.01" })],
  ["a commission with a comma", "commissionRate", async () => ({ commissionRate: "0,1" })],
  ["a negative commission", "commissionRate", async () => ({ commissionRate: "-0.1" })],
  [
    "a daily change above the maximum rate",
    "commissionMaxChangeRate",
    async () => ({ commissionMaxChangeRate: "0.21" }),
  ],
  ["a moniker of 71 bytes", "validatorName", async () => ({ validatorName: "x".repeat(71) })],
  ["a moniker of 71 bytes in 36 characters", "validatorName", async () => ({ validatorName: `x${"é".repeat(35)}` })],
  ["a moniker of two characters", "validatorName", async () => ({ validatorName: "ab" })],
  ["a moniker with a line break", "validatorName", async () => ({ validatorName: "two\nlines" })],
  ["a moniker with a terminal's escape", "validatorName", async () => ({ validatorName: "abc\u009b31m" })],
  ["a moniker that turns the reading direction", "validatorName", async () => ({ validatorName: "ab\u202egnp.exe" })],
  ["a moniker of nothing but accents", "validatorName", async () => ({ validatorName: "\u0301\u0301\u0301" })],
  ["a moniker of Hangul fillers", "validatorName", async () => ({ validatorName: "\u3164\u3164\u3164" })],
  ["a description that isolates a direction", "description", async () => ({ description: "x\u2066y\u2069" })],
  ["half a character", "description", async () => ({ description: "x\udc00" })],
  ["a website that runs", "website", async () => ({ website: "JaVaScRiPt:alert(1)//https://x" })],
  ["a website with a password", "website", async () => ({ website: "https://:secret@example.org" })],
  ["a javascript: website", "website", async () => ({ website: "javascript:alert(1)" })],
  ["a website with a password in it", "website", async () => ({ website: "https://a:b@example.org" })],
  ["a website of 141 bytes", "website", async () => ({ website: `https://example.org/${"x".repeat(121)}` })],
  ["a security contact of 141 bytes", "securityContact", async () => ({ securityContact: "x".repeat(141) })],
  ["details of 281 bytes", "description", async () => ({ description: "x".repeat(281) })],
  ["an identity of 3,001 bytes", "identity", async () => ({ identity: "x".repeat(3_001) })],
  [
    "an address with a broken checksum",
    "walletAddress",
    async (owner) => ({ walletAddress: brokenChecksum(owner.wallet.address) }),
  ],
  [
    "an address of another chain",
    "walletAddress",
    async () => ({ walletAddress: (await createTestWallet("cosmos")).address }),
  ],
  [
    "an operator's address",
    "walletAddress",
    async (owner) => ({ walletAddress: operatorAddressOf(owner.wallet.address, OMNI_PREFIXES) }),
  ],
  ["no minimum self-delegation", "minSelfDelegation", async () => ({ minSelfDelegation: "0" })],
  ["a self-delegation with a fraction", "selfDelegation", async () => ({ selfDelegation: "1.5" })],
  ["a minimum above the self-delegation", "minSelfDelegation", async () => ({ minSelfDelegation: "2000000" })],
  ["no region", "regionCode", async () => ({ regionCode: undefined })],
  ["no machine size", "tierCode", async () => ({ tierCode: undefined })],
  ["a region for a machine of one's own", "regionCode", async () => ({ runMode: "local", tierCode: undefined })],
  ["a machine size for a machine of one's own", "tierCode", async () => ({ runMode: "local", regionCode: undefined })],
];

describe("a request with a mistake", () => {
  it.each(FIELD_MISTAKES)("%s is refused at the field %s, and nothing is written", async (_, field, mistake) => {
    const before = await written();
    const answer = await post(person, bodyFor(person, await mistake(person)));
    expect([answer.status, Object.keys(answer.body.errors ?? {})]).toEqual([400, [field]]);
    expect(answer.body.errors[field]).toEqual([expect.stringMatching(/\S/)]);
    expect(await written()).toEqual(before);
  });

  it("is told of all mistaken fields at once", async () => {
    const answer = await post(
      person,
      bodyFor(person, { validatorName: "x", website: "ftp://example.org", selfDelegation: "0" }),
    );
    expect(Object.keys(answer.body.errors).sort()).toEqual([
      "minSelfDelegation",
      "selfDelegation",
      "validatorName",
      "website",
    ]);
  });

  it("for a wallet that is not the caller's is forbidden", async () => {
    const other = await createPerson(runtime);
    const before = await written();
    const answer = await post(person, bodyFor(person, { walletAddress: other.wallet.address }));
    expect([answer.status, answer.body.code]).toEqual([403, "validators.wallet_not_linked"]);
    expect(await written()).toEqual(before);
  });

  it("for a region that does not exist is not found", async () => {
    const answer = await post(person, bodyFor(person, { regionCode: "moon-north" }));
    expect([answer.status, answer.body.code]).toEqual([404, "regions.not_found"]);
  });

  it("for a network that does not exist is not found", async () => {
    const answer = await post(person, bodyFor(person, { networkId: "net_00000000-0000-7000-8000-000000000000" }));
    expect(answer.status).toBe(404);
  });

  it("without a credential is refused before it is read", async () => {
    expect((await callApi("POST", PATH, { json: {} })).status).toBe(401);
  });

  it("while the chain does not answer says so and writes nothing", async () => {
    const { chainFile } = fakeSetupControl(dir);
    const before = await written();
    writeFakeChain(chainFile, { isDown: true });
    const answer = await post(person, bodyFor(person));
    writeFakeChain(chainFile, { isDown: false });
    expect([answer.status, answer.body.code]).toEqual([503, "chain.unavailable"]);
    expect(await written()).toEqual(before);
  });
});

describe("a size below the network's own minimum", () => {
  it.each(["small", "medium"] as const)("%s is refused on a mainnet", async (tierCode) => {
    const owner = await createPerson(runtime);
    await expect(createTestSetup(owner, networkId, { tierCode }, { networkKind: "mainnet" })).rejects.toMatchObject({
      code: "validators.tier_below_minimum",
      fieldErrors: { tierCode: [expect.any(String)] },
    });
  });

  it.each([
    ["large", "mainnet"],
    ["xlarge", "mainnet"],
    ["small", "testnet"],
    ["medium", "localnet"],
  ] as const)("%s is taken on a %s", async (tierCode, kind) => {
    const owner = await createPerson(runtime);
    const { setup } = await createTestSetup(owner, networkId, { tierCode }, { networkKind: kind });
    expect(setup).toMatchObject({ status: "pending", tierCode });
  });
});

describe("two at once for one wallet", () => {
  const codes = (results: readonly PromiseSettledResult<unknown>[]) =>
    results.map((result) => {
      if (result.status === "fulfilled") return "created";
      return isAppError(result.reason) ? result.reason.code : String(result.reason);
    });

  it("are one request and one refusal by the verb", async () => {
    const owner = await createPerson(runtime);
    const ctx = await owner.ctx();
    const results = await Promise.allSettled([requestSetup(ctx, bodyFor(owner)), requestSetup(ctx, bodyFor(owner))]);
    expect(codes(results).sort()).toEqual(["created", "validators.operator_taken"]);
  });

  it("are one 201 and one 409 by HTTP, and one slot", async () => {
    const owner = await createPerson(runtime);
    const before = await written();
    const answers = await Promise.all([post(owner, bodyFor(owner)), post(owner, bodyFor(owner))]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
    expect(answers.find((answer) => answer.status === 409)?.body.code).toBe("validators.operator_taken");
    const created = answers.find((answer) => answer.status === 201)?.body;
    expect(created).toMatchObject({
      node: null,
      setupRequest: { status: "pending", consensusPubkey: null, progressPercent: 0 },
    });
    const after = await written();
    expect([after.requests - before.requests, after.slots - before.slots, after.outbox - before.outbox]).toEqual([
      1, 1, 1,
    ]);
  });

  it("are refused as long as one lives, and allowed after it was given up", async () => {
    const owner = await createPerson(runtime);
    const first = await post(owner, bodyFor(owner));
    expect((await post(owner, bodyFor(owner))).status).toBe(409);
    await cancelSetupRequest(await owner.ctx(), { setupRequestId: first.body.setupRequest.id });
    expect((await post(owner, bodyFor(owner))).status).toBe(201);
  });

  it("are refused when the chain has a validator of this wallet already", async () => {
    const owner = await createPerson(runtime);
    const operator = operatorAddressOf(owner.wallet.address, OMNI_PREFIXES);
    writeFakeChain(fakeSetupControl(dir).chainFile, { validators: { [operator]: "AAAA" } });
    const answer = await post(owner, bodyFor(owner));
    expect([answer.status, answer.body.code]).toEqual([409, "validators.operator_taken"]);
  });
});

describe("the same Idempotency-Key", () => {
  const key = { "idempotency-key": "wizard-1" };

  it("brings back the first answer and makes nothing twice", async () => {
    const owner = await createPerson(runtime);
    const first = await post(owner, bodyFor(owner), key);
    expect(first.status).toBe(201);
    const before = await written();
    const again = await post(owner, bodyFor(owner), key);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(await written()).toEqual(before);
  });

  it("sent twice at once is one request", async () => {
    const owner = await createPerson(runtime);
    const answers = await Promise.all([post(owner, bodyFor(owner), key), post(owner, bodyFor(owner), key)]);
    expect(answers.map((answer) => answer.status)).toEqual([201, 201]);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
  });

  it("with another body is refused", async () => {
    const owner = await createPerson(runtime);
    await post(owner, bodyFor(owner), key);
    const other = await post(owner, bodyFor(owner, { validatorName: "Another name" }), key);
    expect([other.status, other.body.code]).toEqual([409, "kernel.idempotency_key_reused"]);
  });
});

describe("fifty people at once on a region with ten slots", () => {
  it("are ten requests and forty clear refusals; counters equal rows", async () => {
    await updateRegion(await runtime.ctx(), { regionCode: "asia-pacific", maxValidators: 10 });
    const people = await Promise.all(Array.from({ length: 50 }, () => createPerson(runtime)));
    const before = await written();
    const answers = await Promise.all(people.map((one) => post(one, bodyFor(one, { regionCode: "asia-pacific" }))));
    const counted = (status: number) => answers.filter((answer) => answer.status === status);
    expect([counted(201).length, counted(409).length]).toEqual([10, 40]);
    expect([...new Set(counted(409).map((answer) => answer.body.code))]).toEqual(["region_full"]);
    expect((await written()).requests - before.requests).toBe(10);
    const slots = (await countSlots(await runtime.ctx(), {})).find(({ code }) => code === "asia-pacific");
    expect(slots).toMatchObject({ counted: 10, held: 10 });
  });
});
