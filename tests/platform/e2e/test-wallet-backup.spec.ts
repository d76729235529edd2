import { expect, test } from "@playwright/test";
import { signInInBrowser } from "../../support/e2e/browser-person";

const at = (path: string) => `${process.env.E2E_BASE_URL}${path}`;
const PASSPHRASE = "correct horse battery";

test("a browser test wallet is saved as a file and opens the same account in another browser", async ({
  page,
  browser,
}) => {
  await signInInBrowser(page);
  await page.goto(at("/account/wallets"));
  const address =
    (await page
      .getByText(/^omni1[0-9a-z]{38}$/)
      .first()
      .textContent()) ?? "";
  await page.getByRole("button", { name: "Back up test wallet" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Passphrase", { exact: true }).fill("short");
  await dialog.getByRole("button", { name: "Save encrypted file" }).click();
  await expect(dialog.getByText(/at least 12 characters\.$/)).toBeVisible();
  await dialog.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
  await dialog.getByLabel("Passphrase again").fill(PASSPHRASE);
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Save encrypted file" }).click(),
  ]);
  const file = await saved.path();
  await expect(dialog.getByRole("button", { name: "Show the words" })).toBeDisabled();

  const other = await browser.newContext();
  const elsewhere = await other.newPage();
  await elsewhere.goto(at("/sign-in"));
  await elsewhere.getByRole("button", { name: "Restore a test wallet from its backup" }).click();
  await elsewhere.getByLabel("Encrypted file").setInputFiles(file);
  await elsewhere.getByLabel("Passphrase").fill("another passphrase");
  await elsewhere.getByRole("button", { name: "Restore wallet" }).click();
  await expect(elsewhere.getByText("The passphrase does not open this backup.")).toBeVisible();
  await elsewhere.getByLabel("Passphrase").fill(PASSPHRASE);
  await elsewhere.getByRole("button", { name: "Restore wallet" }).click();
  await expect(elsewhere.getByText("The wallet is in this browser.")).toBeVisible();
  await elsewhere.keyboard.press("Escape");
  await elsewhere.getByRole("button", { name: "Use test wallet" }).click();
  await elsewhere.waitForURL(/\/o\//);
  await elsewhere.goto(at("/account/wallets"));
  await expect(elsewhere.getByText(address, { exact: true }).first()).toBeVisible();
  await other.close();
});
