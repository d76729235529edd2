import { expect, type Page } from "@playwright/test";

/** Goes through the wizard with a mouse, draws coins on its last step, and ends on the page that shows the work. */
export async function askForValidator(page: Page, name: string, runtime: "process" | "docker"): Promise<void> {
  await page.goto(`${process.env.E2E_BASE_URL}/validators/new`);
  await page.getByRole("button", { name: "Continue to profile" }).click();
  await page.getByLabel("Name (moniker)").fill(name);
  await page.getByRole("button", { name: "Continue to commission and stake" }).click();
  await page.getByLabel("Self-delegation, OMNI", { exact: true }).fill("5");
  await page.getByRole("button", { name: "Continue to region and size" }).click();
  await page.getByRole("radio", { name: "US East" }).check();
  await page.getByText("small", { exact: true }).click();
  await page.getByText(runtime === "docker" ? "Container" : "Process", { exact: true }).click();
  await page.getByRole("button", { name: "Continue to review" }).click();
  await expect(page.getByText(name, { exact: true }).first()).toBeVisible();
  // A new wallet has nothing: coins come before the node.
  await page.getByRole("button", { name: "Get test coins" }).click();
  await expect(page.getByText(/arrived\./)).toBeVisible({ timeout: 60_000 });
  await page.getByRole("button", { name: "Set up node" }).click();
  await page.waitForURL(/\/validators\/val_[0-9a-f-]+\/setup/);
}
