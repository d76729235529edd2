import { expect, type Locator, type Page, test } from "@playwright/test";
import { askForValidator } from "../../support/e2e/becoming";
import { readApi, signInInBrowser } from "../../support/e2e/browser-person";
import { commitsOf, consensusAddressHex } from "../../support/e2e/chain-commits";
import { haltChain } from "../../support/e2e/chain-process";
import { localnetFacts } from "../../support/e2e/localnet-facts";
import { expectAccessible } from "../../support/e2e/looks";
import { keysOfNodes } from "../../support/e2e/node-keys";
import { until } from "../../support/e2e/until";

const SLOW_MS = 240_000;
const COMPARED_BLOCKS = 50;
const MAX_TABS = 80;

let goOn = () => {};
test.afterEach(() => goOn());

type Setup = {
  setupRequest: { consensusPubkey: string; operatorAddress: string; networkId: string };
  node: { id: string; watermarkHeight: string | null } | null;
};
type Cell = { heightBlocks: number; state: string };

/** Goes on with Tab until the control has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let presses = 0; presses < MAX_TABS; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${MAX_TABS} presses of Tab do not reach ${control}`);
}

/** Chooses one of a group of radio buttons with Tab, Space and the arrow keys. */
async function chooseByKeys(page: Page, group: string, option: RegExp): Promise<void> {
  const fieldset = page.getByRole("group", { name: group, exact: true });
  for (let presses = 0; presses < MAX_TABS; presses += 1) {
    if (await fieldset.evaluate((element) => element.contains(document.activeElement))) break;
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Space");
  const wanted = fieldset.getByRole("radio", { name: option });
  const options = await fieldset.getByRole("radio").count();
  for (let presses = 0; presses < options && !(await wanted.isChecked()); presses += 1) {
    await page.keyboard.press("ArrowDown");
  }
  await expect(wanted).toBeChecked();
}

/** The same way without a mouse: each step takes the focus by itself, and so does the page that shows the work. */
async function askByKeyboard(page: Page, name: string): Promise<void> {
  const keys = page.keyboard;
  const heading = page.getByRole("heading", { level: 1 });
  await page.goto(`${process.env.E2E_BASE_URL}/validators/new`);
  await expect(heading).toBeFocused();
  await keys.press("Enter");
  await expect(heading).toHaveText(/delegators/);
  await expect(heading).toBeFocused();
  await tabTo(page, page.getByLabel("Name (moniker)"));
  await keys.type(name);
  await keys.press("Enter");
  await expect(heading).toHaveText(/charge/);
  await tabTo(page, page.getByLabel("Self-delegation, OMNI", { exact: true }));
  await keys.press("ControlOrMeta+a");
  await keys.type("5");
  await keys.press("Enter");
  await expect(heading).toHaveText(/stand/);
  await expect(page.getByRole("group", { name: "Region", exact: true })).toBeVisible();
  await chooseByKeys(page, "Region", /US East/);
  await chooseByKeys(page, "Size", /^small/);
  await chooseByKeys(page, "Runtime", /^Process/);
  await keys.press("Enter");
  await expect(heading).toHaveText(/right/);
  await tabTo(page, page.getByRole("button", { name: "Get test coins" }));
  await keys.press("Enter");
  await expect(page.getByText(/arrived\./)).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
  const setUp = page.getByRole("button", { name: "Set up node" });
  await expect(setUp).toBeEnabled({ timeout: 30_000 });
  await tabTo(page, setUp);
  await keys.press("Enter");
  await page.waitForURL(/\/validators\/val_[0-9a-f-]+\/setup/);
  await expect(page.locator("#content")).toBeFocused();
}

/** Presses one of the page's acts, reads what will happen, and goes on. */
async function act(page: Page, button: string, sheet: RegExp): Promise<void> {
  await page.getByRole("button", { name: button, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("What will happen")).toBeVisible();
  await dialog.getByRole("button", { name: sheet }).click();
  await expect(dialog).toBeHidden();
}

for (const runtime of ["process", "docker"] as const) {
  test(`a newcomer becomes a validator in the browser on the ${runtime} driver`, async ({ page, context }) => {
    test.setTimeout(600_000);
    const facts = localnetFacts(process.env.E2E_DATA_DIR ?? "");
    const name = `Lighthouse ${runtime}`;
    await signInInBrowser(page);
    if (runtime === "process") await askByKeyboard(page, name);
    else await askForValidator(page, name, "docker");

    await expect(page.getByRole("button", { name: "Review and sign" })).toBeVisible({ timeout: SLOW_MS });
    // A second window that nobody touches has to follow by itself.
    const dashboard = await context.newPage();
    await dashboard.goto(`${process.env.E2E_BASE_URL}/validators`);
    const row = dashboard.getByRole("row").filter({ hasText: name });
    await expect(row.getByText("Ready to sign")).toBeVisible();
    await page.bringToFront();

    await test.step("the stake can be changed until it is signed", async () => {
      const stake = page.getByLabel("Self-delegation, OMNI");
      await stake.fill("4");
      await expect(page.getByRole("button", { name: "Review and sign" })).toBeDisabled();
      await page.getByRole("button", { name: "Change stake" }).click();
      await expect(page.getByText(/bonds 4\sOMNI/)).toBeVisible();
      await stake.fill("5");
      await stake.press("Enter");
      await expect(page.getByText(/bonds 5\sOMNI/)).toBeVisible();
    });
    await page.getByRole("button", { name: "Review and sign" }).click();
    await expect(page.getByText("can never be changed", { exact: false }).first()).toBeVisible();
    await page.getByRole("button", { name: "Sign in Browser test wallet" }).click();
    // Both pages turn by themselves when the chain shows the validator.
    await expect(page.getByRole("link", { name: "Open the validator" })).toBeVisible({ timeout: SLOW_MS });
    await expect(row.getByText("Signing", { exact: true })).toBeVisible({ timeout: SLOW_MS });
    await expect(row.getByRole("img", { name: new RegExp(`^Last blocks of ${name}: [1-9]\\d* signed`) })).toBeVisible({
      timeout: SLOW_MS,
    });
    await dashboard.close();
    await page.getByRole("link", { name: "Open the validator" }).click();
    await page.waitForURL(/\/validators\/val_[0-9a-f-]+$/);

    const id = /val_[0-9a-f-]+/.exec(page.url())?.[0] ?? "";
    const readSetup = () => readApi<Setup>(page, `/api/v1/validators/setup-requests/${id}`);
    const { setupRequest, node } = await readSetup();
    const answer = await fetch(
      `http://127.0.0.1:${facts.restPort}/cosmos/staking/v1beta1/validators/${setupRequest.operatorAddress}`,
    );
    const shown = await answer.json();
    expect(shown.validator.status).toBe("BOND_STATUS_BONDED");
    const pubkey = setupRequest.consensusPubkey;
    expect(shown.validator.consensus_pubkey.key).toBe(pubkey);
    const dataDir = process.env.E2E_DATA_DIR ?? "";
    expect(keysOfNodes(runtime, node?.id ?? "", dataDir, facts.posdPath)).toContain(pubkey);

    await expect(page.getByTestId("block-grid")).toBeVisible({ timeout: 60_000 });
    const address = consensusAddressHex(pubkey);
    const readGrid = async () => {
      const path = `/api/v1/networks/${setupRequest.networkId}/signing-grid?consensusAddress=${address}&blocks=200`;
      return (await readApi<{ cells: Cell[] }>(page, path)).cells;
    };
    const cells = await until("fifty recorded blocks with signatures of ours", SLOW_MS, async () => {
      const now = await readGrid();
      return now.filter((cell) => cell.state === "signed").length >= COMPARED_BLOCKS
        ? now.slice(-COMPARED_BLOCKS)
        : false;
    });
    const truth = await commitsOf(
      facts.rpcPort,
      address,
      cells.map((cell) => cell.heightBlocks),
    );
    expect(cells.map((cell) => [cell.heightBlocks, cell.state])).toEqual(
      cells.map((cell) => [cell.heightBlocks, truth.get(cell.heightBlocks)]),
    );

    await test.step("stop, start and redeploy from the page keep the key and never lower the watermark", async () => {
      await act(page, "Stop", /^Stop node of/);
      await expect(page.getByRole("button", { name: "Start", exact: true })).toBeEnabled({ timeout: SLOW_MS });
      // The button that was pressed is no more: the page has the keys, not the top of the document.
      await expect(page.locator("#content")).toBeFocused();
      const stopped = await readSetup();
      expect(BigInt(stopped.node?.watermarkHeight ?? 0)).toBeGreaterThan(0n);

      await act(page, "Start", /^Start node of/);
      await expect(page.getByRole("button", { name: "Stop", exact: true })).toBeEnabled({ timeout: SLOW_MS });
      await act(page, "Redeploy", /^Redeploy node of/);
      await expect(page.getByRole("button", { name: "Redeploy", exact: true })).toBeDisabled();
      await expect(page.getByRole("button", { name: "Redeploy", exact: true })).toBeEnabled({ timeout: SLOW_MS });

      const after = await readSetup();
      expect(after.setupRequest.consensusPubkey).toBe(pubkey);
      expect(BigInt(after.node?.watermarkHeight ?? 0)).toBeGreaterThanOrEqual(
        BigInt(stopped.node?.watermarkHeight ?? 0),
      );
      expect(keysOfNodes(runtime, after.node?.id ?? "", dataDir, facts.posdPath)).toContain(pubkey);
      const last = (await readGrid()).at(-1)?.heightBlocks ?? 0;
      await until("a signature after the redeploy", SLOW_MS, async () =>
        (await readGrid()).some((cell) => cell.heightBlocks > last && cell.state === "signed"),
      );
    });

    if (runtime === "docker") return;
    await test.step("a chain that does not answer is said to be silent: nothing turns to zero, and what was recorded stays", async () => {
      goOn = haltChain(dataDir);
      await page.reload();
      const stake = page.locator("dl > div").filter({ has: page.getByText("Stake", { exact: true }) });
      await expect(page.getByText("Not known.", { exact: true })).toBeVisible({ timeout: 90_000 });
      // What the chain said just before may come with the page: it stays, under a strip with its age. After that there is nothing to show.
      const strip = page.getByText(/ does not answer\.$/);
      await expect(stake.getByText("unknown").or(strip).first()).toBeVisible({ timeout: 90_000 });
      await expect(stake).toContainText(/unknown|5\sOMNI/);
      await page.reload();
      await expect(stake.getByText("unknown")).toBeVisible({ timeout: 90_000 });
      await expect(page.getByTestId("block-grid")).toBeVisible();
      goOn();
      await expect(page.getByText("Not known.", { exact: true })).toBeHidden({ timeout: 90_000 });
      await expect(stake).toContainText(/5\sOMNI/, { timeout: 90_000 });
    });
  });
}
