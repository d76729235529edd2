import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatBech32Address, parseBech32Address } from "@/lib/chain/bech32-address";
import { listAudit } from "@/server/domains/identity";
import { encodeCursor } from "@/server/kernel/pagination";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestNetwork } from "../../support/factories/validators";
import { createFakeNodeHost } from "../../support/fakes/node-host";
import { callApi } from "../../support/http-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { createFakeChains } from "../../support/validators/fake-chains";

let runtime: TestRuntime;
let person: SignedInPerson;
let networkId: string;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "omniphi-inputs-"));
  const hostFile = join(folder, "host.json");
  const host = (kind: "process" | "docker") => createFakeNodeHost({ kind, stateFile: hostFile });
  runtime = await createTestRuntime({
    ports: {
      nodeHosts: { process: host("process"), docker: host("docker") },
      faucet: {
        drip: async () => {
          throw new Error("an address that is no account was paid");
        },
      },
      chains: createFakeChains({ chainFile: join(folder, "chain.json"), hostFiles: [hostFile] }),
    },
  });
  networkId = (await createTestNetwork(runtime)).networkId;
  person = await createPerson(runtime);
});
afterAll(() => runtime.close());

const ask = (method: "GET" | "POST", path: string, body?: object) =>
  callApi(method, `/api/v1${path}`, { bearer: person.accessToken, ...(body ? { json: body } : {}) });

const request = () => ({
  walletAddress: person.wallet.address,
  validatorName: "Without a network",
  commissionRate: "0.1",
  selfDelegation: "1000000",
  runMode: "cloud",
  regionCode: "us-east",
  tierCode: "small",
});

describe("a request that names no network", () => {
  it("makes a validator on the default one", async () => {
    const answer = await ask("POST", "/validators/setup-requests", request());
    expect([answer.status, answer.body.setupRequest?.networkId]).toEqual([201, networkId]);
  });

  it("is quoted on the default one", async () => {
    const answer = await ask("GET", "/validators/quote?regionCode=us-east&tierCode=small&selfDelegation=1000000");
    expect(answer.status).toBe(200);
  });
});

describe("an address that is no account", () => {
  const bytes = () => parseBech32Address(person.wallet.address, "omni");
  const wrong: readonly (readonly [string, () => string])[] = [
    [
      "in mixed case",
      () => person.wallet.address.replace(/.$/, (last) => last.toUpperCase()).replace("omni1", "Omni1"),
    ],
    ["of a validator", () => formatBech32Address("omnivaloper", bytes())],
    ["of a consensus key", () => formatBech32Address("omnivalcons", bytes())],
    ["of another chain", () => formatBech32Address("cosmos", bytes())],
    ["with another letter", () => person.wallet.address.replace(/.$/, (last) => (last === "q" ? "p" : "q"))],
  ];

  it.each(wrong)("%s is refused where a validator is asked for", async (_, address) => {
    const answer = await ask("POST", "/validators/setup-requests", { ...request(), walletAddress: address() });
    expect([answer.status, Object.keys(answer.body.errors ?? {})]).toEqual([400, ["walletAddress"]]);
  });

  it.each(wrong)("%s is refused by the faucet", async (_, address) => {
    const answer = await ask("POST", "/faucet", { address: address() });
    expect([answer.status, Object.keys(answer.body.errors ?? {})]).toEqual([400, ["address"]]);
  });

  it.each(wrong)("%s is refused where validators are looked for", async (_, address) => {
    const answer = await ask("GET", `/validators/by-wallet/${address()}`);
    expect([answer.status, Object.keys(answer.body.errors ?? {})]).toEqual([400, ["address"]]);
  });
});

describe("an account in upper case, which is the other of its two spellings", () => {
  it("is the same account wherever it is named", async () => {
    const owner = await createPerson(runtime);
    const asked = (walletAddress: string) =>
      callApi("POST", "/api/v1/validators/setup-requests", {
        bearer: owner.accessToken,
        json: { ...request(), walletAddress },
      });
    const made = await asked(owner.wallet.address.toUpperCase());
    expect([made.status, made.body.setupRequest?.walletAddress]).toEqual([201, owner.wallet.address]);
    const again = await asked(owner.wallet.address);
    expect([again.status, again.body.code]).toEqual([409, "validators.operator_taken"]);
    const paths = ["/validators/by-wallet/ADDRESS", "/validators/setup-requests?walletAddress=ADDRESS"];
    for (const path of paths) {
      const read = (address: string) =>
        callApi("GET", `/api/v1${path.replace("ADDRESS", address)}`, { bearer: owner.accessToken });
      const [lower, upper] = [await read(owner.wallet.address), await read(owner.wallet.address.toUpperCase())];
      expect([lower.status, upper.status]).toEqual([200, 200]);
      expect(upper.body).toEqual(lower.body);
      expect(JSON.stringify(lower.body)).toContain(made.body.setupRequest?.id);
    }
  });

  it.each(["/validators/setup-requests?walletAddress=cosmos1fl48vsnmsdzcv85q5d2q4z5ajdha8yu34mf0eh"])(
    "is refused by a list when no network here has it, which is no empty list: %s",
    async (path) => {
      const answer = await ask("GET", path);
      expect([answer.status, Object.keys(answer.body.errors ?? {})]).toEqual([400, ["walletAddress"]]);
    },
  );
});

describe("the year 0000", () => {
  it.each(["since", "until"])("is no %s of a list", async (name) => {
    const asked = listAudit(await person.ctx(), { [name]: "0000-01-01T00:00:00Z" });
    await expect(asked).rejects.toMatchObject({ kind: "invalid", code: "kernel.invalid_input" });
  });

  it("is no place in a list", async () => {
    const cursor = Buffer.from(JSON.stringify({ s: "0000-01-01T00:00:00.000Z", i: "val_x" })).toString("base64url");
    const answer = await ask("GET", `/validators/setup-requests?cursor=${cursor}`);
    expect([answer.status, answer.body.code]).toEqual([400, "kernel.bad_cursor"]);
  });
});

describe("the order of a list", () => {
  it("is one of those that the list has", async () => {
    const answer = await ask("GET", "/validators/setup-requests?sort=wallet");
    expect([answer.status, Object.keys(answer.body.errors ?? {})]).toEqual([400, ["sort"]]);
    expect((await ask("GET", "/validators/setup-requests?sort=-updatedAt")).status).toBe(200);
  });

  it("is that of the cursor, which no other order takes", async () => {
    const cursor = encodeCursor({ sort: "aurora", id: "val_x", order: "name" });
    expect((await ask("GET", `/validators/setup-requests?sort=name&cursor=${cursor}`)).status).toBe(200);
    for (const other of ["-name", "updatedAt", "-createdAt"]) {
      const answer = await ask("GET", `/validators/setup-requests?sort=${other}&cursor=${cursor}`);
      expect([answer.status, answer.body.code, Object.keys(answer.body.errors ?? {})]).toEqual([
        400,
        "kernel.cursor_of_other_order",
        ["cursor"],
      ]);
    }
  });
});
