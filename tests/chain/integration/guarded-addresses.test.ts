import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCosmosChainNodes } from "@/server/adapters/cosmos/cosmos-chain-nodes";
import { registerNetwork } from "@/server/domains/chain";
import { OMNI_PREFIXES } from "../../support/factories/validators";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
let server: http.Server;
let port: number;
let asked = 0;
beforeAll(async () => {
  const chains = createCosmosChainNodes({ onQuarantined: () => undefined });
  runtime = await createTestRuntime({ ports: { chains } });
  server = http.createServer((_request, response) => {
    asked += 1;
    response.end("{}");
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await runtime.close();
});

type Registration = Parameters<typeof registerNetwork>[1];
const register = async (change: Partial<Registration>) =>
  registerNetwork(await runtime.ctx(), {
    chainId: "guarded-1",
    kind: "testnet",
    displayName: "Guarded",
    status: "active",
    isDefault: false,
    bech32: OMNI_PREFIXES,
    coinType: 118,
    baseDenom: "omniphi",
    displayDenom: "OMNI",
    denomExponent: 6,
    gasPriceSteps: { low: "0.01", average: "0.025", high: "0.05" },
    rpcUrls: ["https://rpc.example.org"],
    restUrls: ["https://rest.example.org"],
    ...change,
  });

describe("a network's addresses", () => {
  it.each(["active", "planned"] as const)(
    "lead nowhere inside when they are literal, also of one that is %s",
    async (status) => {
      for (const host of ["127.0.0.1", "2130706433", "[::ffff:127.0.0.1]", "169.254.169.254", "10.0.0.7"]) {
        const url = `http://${host}:${port}`;
        for (const change of [{ rpcUrls: [url] }, { restUrls: [url] }, { genesisUrl: url }]) {
          await expect(register({ status, ...change })).rejects.toMatchObject({
            kind: "invalid",
            code: "chain.address_refused",
          });
        }
      }
      expect(asked).toBe(0);
    },
  );

  it("are not asked when a name leads inside", async () => {
    const url = `http://localhost:${port}`;
    await expect(register({ rpcUrls: [url], restUrls: [url] })).rejects.toMatchObject({ kind: "upstream_unavailable" });
    expect(asked).toBe(0);
  });

  it("of a localnet are asked, by its kind", async () => {
    const url = `http://127.0.0.1:${port}`;
    await expect(register({ kind: "localnet", rpcUrls: [url], restUrls: [url] })).rejects.toMatchObject({
      kind: expect.stringMatching(/^upstream_/),
    });
    expect(asked).toBeGreaterThan(0);
  });
});
