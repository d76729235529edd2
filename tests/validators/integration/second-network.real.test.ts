import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fromBase64 } from "@cosmjs/encoding";
import { afterAll, beforeAll, expect, it } from "vitest";
import { signedTxBytes } from "@/lib/chain/build-transaction";
import { LocalnetFacts, registerLocalnet } from "@/server/processes/register-localnet/register-localnet";
import { ensureDocker } from "@/tests/support/docker";
import { eventually } from "@/tests/support/eventually";
import { type ApiCall, callApi } from "@/tests/support/http-client";
import { sharedLocalnet } from "@/tests/support/localnet";
import { createTestWallet } from "@/tests/support/test-wallet";
import { createKillStage, type KillStage } from "@/tests/support/validators/kill-stage";
import { type OwnLocalnet, startOwnLocalnet } from "@/tests/support/validators/own-localnet";

const LONG_MS = 240_000;

let stage: KillStage;
let orbit: OwnLocalnet;
beforeAll(async () => {
  const [localnet, dockerSocketPath] = await Promise.all([sharedLocalnet(), ensureDocker()]);
  [stage, orbit] = await Promise.all([
    createKillStage({ real: { localnet, dockerSocketPath } }),
    startOwnLocalnet({ identity: "orbit", chainId: "orbit-localnet-1", blockTimeMs: 700 }),
  ]);
  const facts = LocalnetFacts.parse(JSON.parse(readFileSync(join(orbit.localnet.homeDir, "localnet.json"), "utf8")));
  await registerLocalnet(await stage.runtime.ctx(), facts, orbit.localnet.homeDir);
});
afterAll(async () => {
  await stage?.close();
  await orbit?.stop();
});

/** Somebody whose wallet is of the second network, signed in there, who talks REST. */
async function signIn() {
  const wallet = await createTestWallet("orb");
  const challenge = await callApi("GET", `/api/v1/auth/challenge/${wallet.address}`);
  expect(challenge.body.messageToSign).toContain("Chain ID: orbit-localnet-1");
  const signed = await wallet.signArbitrary(challenge.body.messageToSign);
  const token = await callApi("POST", "/api/v1/auth/token", {
    json: { walletAddress: wallet.address, nonce: challenge.body.nonce, ...signed },
  });
  expect(token.status).toBe(200);
  const call = async (method: string, path: string, json?: ApiCall["json"]) => {
    const answer = await callApi(method, `/api/v1${path}`, {
      bearer: token.body.accessToken,
      ...(json === undefined ? {} : { json }),
    });
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    return answer.body;
  };
  return { wallet, call };
}

const heightOf = async (rpcUrl: string): Promise<number> => {
  const status = (await (await fetch(`${rpcUrl}/status`)).json()) as {
    result: { sync_info: { latest_block_height: string } };
  };
  return Number(status.result.sync_info.latest_block_height);
};

it.each(["process", "docker"] as const)(
  "makes a validator on a second network by REST while the first runs, on the %s driver",
  async (runtime) => {
    const firstNetwork = await heightOf(stage.localnet.rpcUrl);
    const { wallet, call } = await signIn();
    const { items } = await call("GET", "/networks");
    const network = items.find((one: { chainId: string }) => one.chainId === "orbit-localnet-1");
    expect(network).toMatchObject({
      coinType: 118,
      baseDenom: "uorb",
      displayDenom: "ORB",
      isDefault: false,
      takesNodes: true,
      hasFaucet: true,
      releases: [{ version: "v1.0.0" }],
    });
    const drip = await call("POST", "/faucet", { networkId: network.id, address: wallet.address });
    expect(drip.amountBaseUnits).toBe("25000000");

    const created = await call("POST", "/validators/setup-requests", {
      networkId: network.id,
      walletAddress: wallet.address,
      validatorName: `orbit on ${runtime}`,
      commissionRate: "0.1",
      selfDelegation: "5000000",
      runMode: "cloud",
      regionCode: "us-east",
      tierCode: "small",
      runtime,
    });
    const path = `/validators/setup-requests/${created.setupRequest.id}`;
    const reach = (status: string) =>
      eventually(
        `the request is ${status}`,
        async () => {
          const now = await call("GET", path);
          if (now.setupRequest.status === "failed") throw new Error(now.setupRequest.errorMessage);
          return now.setupRequest.status === status && now;
        },
        LONG_MS,
      );
    const ready = await reach("ready_for_chain_tx");
    expect(ready.setupRequest.operatorAddress).toMatch(/^orbvaloper1/);
    expect(ready.node).toMatchObject({ runtime, binaryVersion: "v1.0.0" });

    const { pubkey } = await wallet.signBytes(new Uint8Array());
    const prepared = await call("POST", `${path}/tx`, { pubkey });
    expect(prepared.chainId).toBe("orbit-localnet-1");
    const { signature } = await wallet.signBytes(fromBase64(prepared.signBytes));
    const txBytes = signedTxBytes({
      bodyBytes: fromBase64(prepared.bodyBytes),
      authInfoBytes: fromBase64(prepared.authInfoBytes),
      signature: fromBase64(signature),
    });
    await call("POST", `${path}/broadcast`, { txBytes: Buffer.from(txBytes).toString("base64") });
    const active = await reach("active");

    const answer = await fetch(
      `${orbit.localnet.restUrl}/cosmos/staking/v1beta1/validators/${active.setupRequest.operatorAddress}`,
    );
    const { validator } = (await answer.json()) as { validator: { status: string; tokens: string } };
    expect(validator).toMatchObject({ status: "BOND_STATUS_BONDED", tokens: "5000000" });
    // The node joined as a file of its own binary, and the first network went on meanwhile.
    const [node] = await stage.nodeRows([{ setupRequestId: created.setupRequest.id } as never]);
    expect(node?.binaryPath).toContain("/binary-store/");
    expect(await heightOf(stage.localnet.rpcUrl)).toBeGreaterThan(firstNetwork);
    if (node) {
      const host = (await stage.runtime.ports()).nodeHosts[runtime];
      await host.remove(node.id, { volumeId: node.volumeId, removeVolume: true });
    }
  },
  3 * LONG_MS,
);
