import { execFileSync } from "node:child_process";
import type { Page } from "@playwright/test";

/** Makes the signed-in person of this page a platform admin, as the README says. */
export async function grantAdmin(page: Page): Promise<void> {
  await page.goto(`${process.env.E2E_BASE_URL}/account/wallets`);
  const address = await page
    .getByText(/^omni1[0-9a-z]{38}$/)
    .first()
    .textContent();
  execFileSync("npm", ["run", "--silent", "admin", "--", "grant", address ?? ""], {
    env: { ...process.env, OMNIPHI_DATA_DIR: process.env.E2E_DATA_DIR },
  });
}
