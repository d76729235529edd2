import { execFileSync } from "node:child_process";
import { expect, test } from "@playwright/test";
import { readApi } from "../../support/e2e/browser-person";
import { startSecondChain } from "../../support/e2e/second-chain";

const SLOW_MS = 240_000;

let stop = async () => {};
test.afterEach(() => stop());

test("a newcomer becomes a validator on a second network in the browser while the first runs", async ({ page }) => {
  test.setTimeout(600_000);
  const chain = await startSecondChain();
  stop = chain.stop;
  execFileSync("npm", ["run", "--silent", "admin", "--", "add-localnet", chain.homeDir], {
    env: { ...process.env, OMNIPHI_DATA_DIR: process.env.E2E_DATA_DIR },
  });

  await page.goto(`${process.env.E2E_BASE_URL}/sign-in`);
  await page.getByRole("radio", { name: /Orbit local chain/ }).check();
  await page.getByRole("button", { name: "Use test wallet" }).click();
  await page.waitForURL(/\/o\//);
  await page.goto(`${process.env.E2E_BASE_URL}/validators/new`);
  // A wallet of the one network has no account on the other.
  await expect(page.getByRole("radio", { name: /Omniphi local chain/ })).toBeDisabled();
  await expect(page.getByRole("radio", { name: /Orbit local chain/ })).toBeChecked();
  await page.getByRole("button", { name: "Continue to profile" }).click();
  await page.getByLabel("Name (moniker)").fill("In orbit");
  await page.getByRole("button", { name: "Continue to commission and stake" }).click();
  await page.getByLabel("Self-delegation, ORB", { exact: true }).fill("5");
  await page.getByRole("button", { name: "Continue to region and size" }).click();
  await page.getByRole("radio", { name: "US East" }).check();
  await page.getByText("small", { exact: true }).click();
  await page.getByText("Process", { exact: true }).click();
  await page.getByRole("button", { name: "Continue to review" }).click();
  // A new wallet has nothing: coins come before the node.
  await page.getByRole("button", { name: "Get test coins" }).click();
  await expect(page.getByText(/25\sORB arrived\./)).toBeVisible({ timeout: 60_000 });
  await page.getByRole("button", { name: "Set up node" }).click();
  await page.waitForURL(/\/validators\/val_[0-9a-f-]+\/setup/);
  await expect(page.getByRole("button", { name: "Review and sign" })).toBeVisible({ timeout: SLOW_MS });
  await page.getByRole("button", { name: "Review and sign" }).click();
  await page.getByRole("button", { name: "Sign in Browser test wallet" }).click();
  await expect(page.getByRole("link", { name: "Open the validator" })).toBeVisible({ timeout: SLOW_MS });

  const id = /val_[0-9a-f-]+/.exec(page.url())?.[0] ?? "";
  const { setupRequest } = await readApi<{ setupRequest: { operatorAddress: string } }>(
    page,
    `/api/v1/validators/setup-requests/${id}`,
  );
  const shown = await fetch(
    `http://127.0.0.1:${chain.restPort}/cosmos/staking/v1beta1/validators/${setupRequest.operatorAddress}`,
  );
  const { validator } = (await shown.json()) as { validator: { status: string; description: { moniker: string } } };
  expect(validator).toMatchObject({ status: "BOND_STATUS_BONDED", description: { moniker: "In orbit" } });
});
