import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sessions } from "@/db/schema/identity";
import { createPerson } from "./factories/identity";
import { callApi, freshIpAddress } from "./http-client";
import { createTestRuntime, type TestRuntime } from "./test-runtime";
import { createTestWallet } from "./test-wallet";

const AT_ONCE = 20;

/** Somebody guesses: so many tries to sign in at one wallet from everywhere, and as many at many wallets from one address. */
export function describeManyTries(tries: number): void {
  describe(`${tries} tries to sign in`, () => {
    let runtime: TestRuntime;
    beforeAll(async () => {
      runtime = await createTestRuntime();
    });
    afterAll(() => runtime.close());

    /** Statuses of all tries, `AT_ONCE` at a time. */
    async function guess(addressOf: (index: number) => string, ipOf: () => string): Promise<Map<number, number>> {
      const counted = new Map<number, number>();
      for (let first = 0; first < tries; first += AT_ONCE) {
        const answers = await Promise.all(
          Array.from({ length: Math.min(AT_ONCE, tries - first) }, (_, index) =>
            callApi("POST", "/api/v1/auth/token", {
              json: {
                walletAddress: addressOf(first + index),
                nonce: (first + index).toString(16).padStart(32, "0"),
                pubkey: "AA==",
                signature: "AA==",
              },
              ipAddress: ipOf(),
            }),
          ),
        );
        for (const { status } of answers) counted.set(status, (counted.get(status) ?? 0) + 1);
      }
      return counted;
    }
    /** Ten a minute, and as many again for each minute that the tries take. */
    const allowed = (startedAtMs: number) => 10 * (1 + Math.ceil((Date.now() - startedAtMs) / 60_000));

    it("at one wallet from everywhere are limited, let nobody in, and leave its owner's session alone", async () => {
      const owner = await createPerson(runtime);
      const before = await runtime.db.$count(sessions);
      const startedAtMs = Date.now();
      const counted = await guess(() => owner.wallet.address, freshIpAddress);
      expect([...counted.keys()].sort()).toEqual([401, 429]);
      expect(counted.get(401)).toBeLessThanOrEqual(allowed(startedAtMs));
      expect(await runtime.db.$count(sessions)).toBe(before);
      expect((await callApi("GET", "/api/v1/auth/verify", { bearer: owner.accessToken })).status).toBe(200);
    });

    it("at one wallet in any spelling count as one", async () => {
      const { address } = await createTestWallet();
      const startedAtMs = Date.now();
      const counted = await guess((index) => (index % 2 === 0 ? address : address.toUpperCase()), freshIpAddress);
      expect(counted.get(401) ?? 0).toBeLessThanOrEqual(allowed(startedAtMs));
    });

    it("at many wallets from one address are limited, and tell nobody which of them there is", async () => {
      const known = await createPerson(runtime);
      const unknown = await createTestWallet();
      const ipAddress = freshIpAddress();
      const startedAtMs = Date.now();
      const counted = await guess(
        (index) => (index % 2 === 0 ? known.wallet.address : unknown.address),
        () => ipAddress,
      );
      expect([...counted.keys()].sort()).toEqual([401, 429]);
      expect(counted.get(401)).toBeLessThanOrEqual(allowed(startedAtMs));
    });
  });
}
