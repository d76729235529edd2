import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { DEADLINE_MS } from "@/server/http/deadline";
import { handleTrpcRequest } from "@/server/trpc/handle-trpc-request";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestNetwork } from "../../support/factories/validators";
import { apiRequest } from "../../support/http-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { createFakeChains } from "../../support/validators/fake-chains";

let runtime: TestRuntime;
let person: SignedInPerson;
let networkId: string;
let isAsked: () => void;
const asked = new Promise<void>((resolve) => {
  isAsked = resolve;
});
/** A chain that, once it is registered, takes the question about its rules and never answers. */
const chains = createFakeChains({ chainFile: "/nonexistent/chain.json", hostFiles: [] });
let isRegistered = false;
const hanging = (...facts: Parameters<typeof chains.forNetwork>) => {
  const node = chains.forNetwork(...facts);
  const never = () => {
    isAsked();
    return new Promise<never>(() => {});
  };
  return isRegistered ? { ...node, stakingParams: never } : node;
};

beforeAll(async () => {
  runtime = await createTestRuntime({ ports: { chains: { ...chains, forNetwork: hanging } } });
  person = await createPerson(runtime);
  ({ networkId } = await createTestNetwork(runtime));
  isRegistered = true;
});
afterEach(() => void vi.useRealTimers());
afterAll(() => runtime.close());

/** Only the product's own clock is moved: sockets and the database go on as they are. */
const holdTimers = () => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });

async function expectGivenUp(answer: Promise<Response>): Promise<void> {
  const response = await answer;
  expect(response.status).toBe(503);
  const { error } = await response.json();
  expect(error.data.appError).toMatchObject({ kind: "upstream_unavailable", code: "http.deadline_exceeded" });
}

it("a procedure that waits for ever is given up after the time that REST has", async () => {
  holdTimers();
  const input = encodeURIComponent(JSON.stringify({ networkId }));
  const answer = handleTrpcRequest(
    apiRequest("GET", `/api/trpc/validators.getCreationRules?input=${input}`, { bearer: person.accessToken }),
  );
  await asked;
  await vi.advanceTimersByTimeAsync(DEADLINE_MS);
  await expectGivenUp(answer);
});

it("so is a body that never ends", async () => {
  holdTimers();
  let isRead = () => {};
  const read = new Promise<void>((resolve) => {
    isRead = resolve;
  });
  const body = new ReadableStream<Uint8Array>({ pull: () => isRead() }, { highWaterMark: 0 });
  const answer = handleTrpcRequest(
    apiRequest("POST", "/api/trpc/validators.saveDraft", {
      bearer: person.accessToken,
      body,
      headers: { "content-type": "application/json" },
    }),
  );
  await read;
  await vi.advanceTimersByTimeAsync(DEADLINE_MS);
  await expectGivenUp(answer);
});
