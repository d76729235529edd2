import { expect, type Page, test } from "@playwright/test";
import { localnetFacts } from "./support/localnet-facts";
import { until } from "./support/until";

const SLOW_MS = 240_000;

/** Signs in with the browser test wallet, as a newcomer without an extension does. */
async function signIn(page: Page): Promise<void> {
  await page.goto(`${process.env.E2E_BASE_URL}/`);
  await page.getByRole("link", { name: "Set up a validator" }).click();
  await page.getByRole("button", { name: "Use test wallet" }).click();
  await page.waitForURL(/\/validators/);
}

/** What the chain's own commits say of one validator, block by block, read past the product. */
async function commitsOf(
  rpcPort: number,
  addressHex: string,
  heights: readonly number[],
): Promise<Map<number, "signed" | "missed" | "absent">> {
  const found = new Map<number, "signed" | "missed" | "absent">();
  for (const height of heights) {
    const [commit, validators] = await Promise.all(
      [`commit?height=${height}`, `validators?height=${height}&per_page=100`].map(async (path) =>
        (await fetch(`http://127.0.0.1:${rpcPort}/${path}`)).json(),
      ),
    );
    // The signatures of a height are final in the block behind it, in the order of the height's own set.
    const next = await (await fetch(`http://127.0.0.1:${rpcPort}/block?height=${height + 1}`)).json();
    const set: { address: string }[] = validators.result.validators;
    const position = set.findIndex((validator) => validator.address === addressHex);
    expect(commit.result.canonical).toBe(true);
    const flag: number | undefined = next.result.block.last_commit.signatures[position]?.block_id_flag;
    found.set(height, position < 0 ? "absent" : flag === 2 ? "signed" : "missed");
  }
  return found;
}

for (const runtime of ["process", "docker"] as const) {
  test(`a newcomer becomes a validator in the browser on the ${runtime} driver`, async ({ page }) => {
    test.setTimeout(600_000);
    const facts = localnetFacts(process.env.E2E_DATA_DIR ?? "");
    const name = `Lighthouse ${runtime}`;
    await signIn(page);
    await page.goto(`${process.env.E2E_BASE_URL}/validators/new`);
    await page.getByRole("button", { name: "Continue to profile" }).click();
    await page.getByLabel("Name (moniker)").fill(name);
    await page.getByRole("button", { name: "Continue to commission and stake" }).click();
    await page.getByLabel("Self-delegation, OMNI", { exact: true }).fill("5");
    await page.getByRole("button", { name: "Continue to region and size" }).click();
    await page.getByText("US East").click();
    await page.getByText("small", { exact: true }).click();
    await page.getByText(runtime === "docker" ? "Container" : "Process", { exact: true }).click();
    await page.getByRole("button", { name: "Continue to review" }).click();
    await expect(page.getByText(name, { exact: true }).first()).toBeVisible();
    await page.getByRole("button", { name: "Set up node" }).click();
    await page.waitForURL(/\/validators\/val_[0-9a-f-]+\/setup/);

    await expect(page.getByRole("button", { name: "Review and sign" })).toBeVisible({ timeout: SLOW_MS });
    await page.getByRole("button", { name: "Get test coins" }).click();
    await expect(page.getByText(/arrived\./)).toBeVisible({ timeout: 60_000 });
    await page.getByRole("button", { name: "Review and sign" }).click();
    await expect(page.getByText("can never be changed", { exact: false }).first()).toBeVisible();
    await page.getByRole("button", { name: "Sign in Browser test wallet" }).click();
    // The page turns by itself when the chain shows the validator.
    await expect(page.getByRole("link", { name: "Open the validator" })).toBeVisible({ timeout: SLOW_MS });
    await page.getByRole("link", { name: "Open the validator" }).click();
    await page.waitForURL(/\/validators\/val_[0-9a-f-]+$/);

    const id = /val_[0-9a-f-]+/.exec(page.url())?.[0] ?? "";
    const api = async (path: string) => (await page.request.get(`${process.env.E2E_BASE_URL}${path}`)).json();
    const { setupRequest } = await api(`/api/v1/validators/setup-requests/${id}`);
    const shown = await (
      await fetch(
        `http://127.0.0.1:${facts.restPort}/cosmos/staking/v1beta1/validators/${setupRequest.operatorAddress}`,
      )
    ).json();
    expect(shown.validator.status).toBe("BOND_STATUS_BONDED");
    expect(shown.validator.consensus_pubkey.key).toBe(setupRequest.consensusPubkey);

    await expect(page.getByTestId("block-grid")).toBeVisible({ timeout: 60_000 });
    const { createHash } = await import("node:crypto");
    const addressHex = createHash("sha256")
      .update(Buffer.from(setupRequest.consensusPubkey, "base64"))
      .digest("hex")
      .slice(0, 40)
      .toUpperCase();
    type Cell = { heightBlocks: number; state: string };
    const gridOf = async (): Promise<Cell[]> =>
      (await api(`/api/v1/networks/${setupRequest.networkId}/signing-grid?consensusAddress=${addressHex}&blocks=200`))
        .cells;
    const cells = await until("fifty recorded blocks with signatures of ours", SLOW_MS, async () => {
      const now = await gridOf();
      return now.filter((cell) => cell.state === "signed").length >= 50 ? now.slice(-50) : false;
    });
    const truth = await commitsOf(
      facts.rpcPort,
      addressHex,
      cells.map((cell) => cell.heightBlocks),
    );
    expect(cells.map((cell) => [cell.heightBlocks, cell.state])).toEqual(
      cells.map((cell) => [cell.heightBlocks, truth.get(cell.heightBlocks)]),
    );
  });
}
