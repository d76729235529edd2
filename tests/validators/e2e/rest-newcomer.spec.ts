import { expect, test } from "@playwright/test";
import { signInByApi } from "../../support/e2e/api-client";
import { localnetFacts } from "../../support/e2e/localnet-facts";
import { keysOfNodes } from "../../support/e2e/node-keys";
import { until } from "../../support/e2e/until";

type Setup = {
  setupRequest: {
    id: string;
    status: string;
    consensusPubkey: string | null;
    operatorAddress: string;
    errorMessage: string | null;
  };
  node: { id: string; runtime: string } | null;
};

for (const runtime of ["process", "docker"] as const) {
  test(`becomes a validator by REST alone on the ${runtime} driver`, async () => {
    const baseUrl = process.env.E2E_BASE_URL ?? "";
    const facts = localnetFacts(process.env.E2E_DATA_DIR ?? "");
    const person = await signInByApi(baseUrl);
    const networks = await person.call<{ items: { id: string; chainId: string }[] }>("GET", "/api/v1/networks");
    const network = networks.items.find((item) => item.chainId === facts.chainId);
    expect(network).toBeDefined();
    await person.call("POST", "/api/v1/faucet", { networkId: network?.id, address: person.address });

    const created = await person.call<Setup>("POST", "/api/v1/validators/setup-requests", {
      networkId: network?.id,
      walletAddress: person.address,
      validatorName: `rest ${runtime} "; reboot #`,
      commissionRate: "0.1",
      selfDelegation: "5000000",
      runMode: "cloud",
      regionCode: "us-east",
      tierCode: "small",
      runtime,
    });
    const path = `/api/v1/validators/setup-requests/${created.setupRequest.id}`;
    const waitFor = (status: string) =>
      until(`status ${status}`, 240_000, async () => {
        const now = await person.call<Setup>("GET", path);
        if (now.setupRequest.status === "failed") throw new Error(now.setupRequest.errorMessage ?? "failed");
        return now.setupRequest.status === status ? now : false;
      });
    const ready = await waitFor("ready_for_chain_tx");
    expect(ready.node?.runtime).toBe(runtime);

    const prepared = await person.call<{
      bodyBytes: string;
      authInfoBytes: string;
      chainId: string;
      accountNumber: string;
    }>("POST", `${path}/tx`, {
      pubkey: person.pubkeyBase64,
    });
    await person.call("POST", `${path}/broadcast`, { txBytes: await person.signDirect(prepared) });
    const active = await waitFor("active");

    const shown = await fetch(
      `http://127.0.0.1:${facts.restPort}/cosmos/staking/v1beta1/validators/${active.setupRequest.operatorAddress}`,
    );
    const { validator } = (await shown.json()) as {
      validator: { status: string; consensus_pubkey: { key: string }; description: { moniker: string } };
    };
    expect(validator.consensus_pubkey.key).toBe(active.setupRequest.consensusPubkey);
    expect(validator.status).toBe("BOND_STATUS_BONDED");
    expect(validator.description.moniker).toBe(`rest ${runtime} "; reboot #`);
    expect(keysOfNodes(runtime, active.node?.id ?? "", process.env.E2E_DATA_DIR ?? "", facts.posdPath)).toContain(
      active.setupRequest.consensusPubkey,
    );
  });
}
