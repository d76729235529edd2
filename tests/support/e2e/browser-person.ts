import type { Page } from "@playwright/test";

/** Signs in with a browser test wallet of its own, as a newcomer without an extension does. */
export async function signInInBrowser(page: Page): Promise<void> {
  await page.goto(`${process.env.E2E_BASE_URL}/`);
  await page.getByRole("link", { name: "Set up a validator" }).click();
  await page.getByRole("button", { name: "Use test wallet" }).click();
  // Past every redirect, so that nothing is under way when the test goes elsewhere.
  await page.waitForURL(/\/o\/[^/]+\/validators\/new\/[a-z]+$/);
}

/** Reads the product's REST API with the page's own session. */
export async function readApi<Answer>(page: Page, path: string): Promise<Answer> {
  const answer = await page.request.get(`${process.env.E2E_BASE_URL}${path}`);
  if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}: ${await answer.text()}`);
  return answer.json();
}
