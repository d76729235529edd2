import { execFileSync } from "node:child_process";
import { expect, test } from "@playwright/test";
import { signInByApi } from "./support/api-client";
import { localnetFacts } from "./support/localnet-facts";
import { until } from "./support/until";

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

/** Keys as the nodes' own command prints them, asked past the product: in each home of this installation, or inside the one container. */
function keysOfNodes(runtime: "process" | "docker", nodeId: string, dataDir: string, posdPath: string): string[] {
  if (runtime === "docker") {
    const container = execFileSync("docker", ["ps", "-q", "--filter", `name=${nodeId}`], { encoding: "utf8" }).trim();
    const [home] = execFileSync("docker", ["inspect", "-f", "{{range .Mounts}}{{.Destination}}\n{{end}}", container], {
      encoding: "utf8",
    }).split("\n");
    const command = execFileSync("docker", ["inspect", "-f", "{{json .Args}}", container], { encoding: "utf8" });
    const args: string[] = JSON.parse(command);
    const at = args.indexOf("--home");
    const printed = execFileSync(
      "docker",
      ["exec", container, "/posd", "comet", "show-validator", "--home", at >= 0 ? (args[at + 1] ?? "") : (home ?? "")],
      {
        encoding: "utf8",
      },
    );
    return [JSON.parse(printed).key];
  }
  const found = execFileSync(
    "find",
    [`${dataDir}/process-host`, "-name", "priv_validator_key.json", "-path", "*config*"],
    { encoding: "utf8" },
  );
  const homes = found
    .trim()
    .split("\n")
    .map((path) => path.replace(/\/config\/priv_validator_key\.json$/, ""));
  return homes.map(
    (home) =>
      JSON.parse(execFileSync(posdPath, ["comet", "show-validator", "--home", home], { encoding: "utf8" }))
        .key as string,
  );
}
