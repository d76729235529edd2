import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import { signInByApi } from "../../support/e2e/api-client";
import { askForValidator } from "../../support/e2e/becoming";
import { readApi, signInInBrowser } from "../../support/e2e/browser-person";
import { proposeText } from "../../support/e2e/chain-proposal";
import { readTold } from "../../support/e2e/channel-doubles";
import { localnetFacts } from "../../support/e2e/localnet-facts";
import { until } from "../../support/e2e/until";

const SLOW_MS = 240_000;
/** The window of 120 blocks has to run empty, and a minute of jail to pass. */
const JAIL_MS = 420_000;

type Operator = {
  readonly name: string;
  readonly page: Page;
  /** Windows that nobody touches: the list, and the validator's page. */
  readonly list: Page;
  readonly watching: Page;
  readonly home: string;
  readonly id: string;
  readonly operatorAddress: string;
  readonly address: string;
};
type ChainValidator = {
  jailed: boolean;
  status: string;
  tokens: string;
  description: { moniker: string; website: string };
};

/** The chain's own REST, read by nothing of the product. */
async function chainRest<Answer>(path: string): Promise<Answer> {
  const { restPort } = localnetFacts(process.env.E2E_DATA_DIR ?? "");
  const answer = await fetch(`http://127.0.0.1:${restPort}${path}`);
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json() as Promise<Answer>;
}
const onChain = async ({ operatorAddress }: Operator) =>
  (await chainRest<{ validator: ChainValidator }>(`/cosmos/staking/v1beta1/validators/${operatorAddress}`)).validator;
/** What its own stake has earned; a commission of a tenth of it takes minutes to be a whole base unit. */
const rewardsOf = async ({ operatorAddress, address }: Operator) => {
  const answer = await chainRest<{ rewards: { amount: string }[] }>(
    `/cosmos/distribution/v1beta1/delegators/${address}/rewards/${operatorAddress}`,
  );
  return Number(answer.rewards[0]?.amount ?? "0");
};

/** Becomes a validator in a browser of its own. */
async function becomeValidator(browser: Browser, name: string, runtime: "process" | "docker"): Promise<Operator> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signInInBrowser(page);
  await askForValidator(page, name, runtime);
  await page.getByRole("button", { name: "Review and sign" }).click({ timeout: SLOW_MS });
  await page.getByRole("button", { name: "Sign in Browser test wallet" }).click();
  await page.getByRole("link", { name: "Open the validator" }).click({ timeout: SLOW_MS });
  await page.waitForURL(/\/validators\/val_[0-9a-f-]+$/);
  const id = /val_[0-9a-f-]+/.exec(page.url())?.[0] ?? "";
  const home = page.url().replace(/\/validators\/.*$/, "");
  const { setupRequest } = await readApi<{ setupRequest: { operatorAddress: string; walletAddress: string } }>(
    page,
    `/api/v1/validators/setup-requests/${id}`,
  );
  const list = await context.newPage();
  await list.goto(`${home}/validators`);
  const watching = await context.newPage();
  await watching.goto(`${home}/validators/${id}`);
  await page.bringToFront();
  const { operatorAddress, walletAddress } = setupRequest;
  return { name, page, list, watching, home, id, operatorAddress, address: walletAddress };
}

const rowOf = ({ list, name }: Operator) => list.getByRole("row").filter({ hasText: name });

/** Waits until the scripts of a page that was just opened have taken over what the server drew: a press before that is nobody's. */
const whenAlive = (control: Locator) =>
  expect
    .poll(() => control.evaluate((element) => Object.keys(element).some((key) => key.startsWith("__reactProps"))), {
      timeout: SLOW_MS,
    })
    .toBe(true);

/** Presses one of the page's acts on the node, reads what will happen, and goes on. */
async function steerNode({ page, home, id }: Operator, act: "Stop" | "Start"): Promise<void> {
  await page.goto(`${home}/validators/${id}`);
  await press(page, act);
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("What will happen")).toBeVisible();
  await dialog.getByRole("button", { name: new RegExp(`^${act} node of`) }).click();
  await expect(dialog).toBeHidden();
}

/** Presses a button of a page that was just opened, once it may be pressed. */
async function press(page: Page, name: string, timeout = SLOW_MS): Promise<void> {
  const button = page.getByRole("button", { name, exact: true });
  await expect(button).toBeEnabled({ timeout });
  await whenAlive(button);
  await button.click();
}

/** Signs what the sheet shows and waits until the page says that a block has it. */
async function signAct(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign in Browser test wallet" }).click({ timeout: 60_000 });
  await expect(page.getByText(/Block \d+ has it\./)).toBeVisible({ timeout: 60_000 });
}

/** Makes a channel of a kind and proves it with the test that arrives. */
async function makeChannel({ page, home }: Operator, kind: string, fields: Readonly<Record<string, string>>) {
  await page.goto(`${home}/channels`);
  const fresh = page.getByRole("button", { name: "New channel" }).first();
  await whenAlive(fresh);
  await fresh.click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Kind").selectOption({ label: kind });
  await dialog.getByLabel("Name").fill(`${kind} double`);
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label, { exact: true }).fill(value);
  await dialog.getByRole("button", { name: "Make channel" }).click();
  if (kind === "Webhook") await page.getByRole("button", { name: "I have kept it" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("link", { name: `${kind} double` }).click();
  await page.getByRole("button", { name: "Send a test" }).click();
  if (kind === "E-mail") {
    const code = await until("the code by mail", 60_000, async () => {
      const mails = (await readTold()).filter(({ path }) => path === "/email");
      return /enter the code (\d{8})/.exec(mails.at(-1)?.text ?? "")?.[1];
    });
    await page.getByLabel("Code").fill(code);
    await page.getByRole("button", { name: "Confirm the address" }).click();
  }
  await expect(page.getByRole("main").getByText("Works.", { exact: true })).toBeVisible({ timeout: 60_000 });
}

test("operators on both drivers are jailed, told, released, and do what operators do, and the chain agrees with every word", async ({
  browser,
}) => {
  test.setTimeout(1_500_000);
  const receiver = process.env.E2E_RECEIVER_URL ?? "";
  const [host, guest] = await test.step("become validators on the process and the docker driver", () =>
    Promise.all([
      becomeValidator(browser, "Daily process", "process"),
      becomeValidator(browser, "Daily docker", "docker"),
    ]));
  const both = [host, guest] as const;
  for (const one of both) {
    await expect(rowOf(one).getByText("Signing", { exact: true })).toBeVisible({ timeout: SLOW_MS });
  }

  await test.step("every kind of channel is made and proven", async () => {
    await makeChannel(host, "Webhook", { Address: `${receiver}/webhook` });
    await makeChannel(host, "Slack", { "Webhook address": `${receiver}/slack` });
    await makeChannel(host, "Discord", { "Webhook address": `${receiver}/discord` });
    await makeChannel(host, "Telegram", { "Bot token": `12345:${"a".repeat(30)}`, Chat: "-100" });
    await makeChannel(host, "PagerDuty", { "Integration key": "k".repeat(32) });
    await makeChannel(host, "E-mail", { Address: "operator@example.org" });
  });

  for (const one of both) await steerNode(one, "Stop");
  await test.step("the chain jails them, untouched windows say so, and each channel is told", async () => {
    for (const one of both) {
      await expect(rowOf(one).getByText("Jailed", { exact: true })).toBeVisible({ timeout: JAIL_MS });
      expect((await onChain(one)).jailed).toBe(true);
    }
    const paths = ["/webhook", "/slack", "/discord", "/bot", "/v2/enqueue", "/email"];
    const silent = async () => {
      const told = (await readTold()).filter(({ text }) => /jailed/i.test(text) && text.includes(host.name));
      return paths.filter((path) => !told.some((one) => one.path.startsWith(path)));
    };
    await expect.poll(silent, { message: "doubles that were not told of the jail", timeout: SLOW_MS }).toEqual([]);
  });

  await test.step("started and released, they sign again", async () => {
    for (const one of both) await steerNode(one, "Start");
    for (const one of both) {
      await one.page.goto(`${one.home}/staking`);
      await press(one.page, "Unjail", JAIL_MS);
      await signAct(one.page);
      expect((await onChain(one)).jailed).toBe(false);
      await expect(rowOf(one).getByText("Signing", { exact: true })).toBeVisible({ timeout: SLOW_MS });
    }
    // The story names what the chain did to it.
    await host.page.goto(`${host.home}/validators/${host.id}`);
    await expect(host.page.getByText(/[Jj]ailed/).first()).toBeVisible();
  });

  await test.step("the profile changes in its own field alone", async () => {
    await host.page.goto(`${host.home}/staking`);
    await press(host.page, "Edit profile");
    await host.page.getByLabel("Website").fill("https://daily.example.org");
    await host.page.getByRole("button", { name: "Review and sign" }).click();
    await signAct(host.page);
    expect((await onChain(host)).description).toMatchObject({
      moniker: host.name,
      website: "https://daily.example.org",
    });
  });

  await test.step("a second wallet delegates to the first one's validator", async () => {
    const before = BigInt((await onChain(host)).tokens);
    await guest.page.goto(`${guest.home}/staking`);
    await press(guest.page, "Delegate to another");
    const dialog = guest.page.getByRole("dialog");
    await dialog.getByLabel("Find a validator").fill(host.name);
    await dialog.getByRole("radio", { name: new RegExp(host.name) }).check();
    await dialog.getByLabel("Amount").fill("2");
    await dialog.getByRole("button", { name: "Review and sign" }).click();
    await signAct(guest.page);
    expect(BigInt((await onChain(host)).tokens) - before).toBe(2_000_000n);
    // Its operator's untouched window has the new stake too: five and two, less what the jail cost.
    const stake = host.watching.locator("dl > div").filter({ has: host.watching.getByText("Stake", { exact: true }) });
    await expect(stake).toContainText(/6\.999\d*\sOMNI/, { timeout: SLOW_MS });
  });

  await test.step("rewards and commission are withdrawn", async () => {
    await until("rewards to withdraw", SLOW_MS, async () => (await rewardsOf(host)) >= 1);
    await host.page.goto(`${host.home}/staking`);
    await press(host.page, "Withdraw rewards and commission");
    const before = await rewardsOf(host);
    await signAct(host.page);
    expect(await rewardsOf(host)).toBeLessThan(before);
  });

  await test.step("a proposal is voted on", async () => {
    const facts = localnetFacts(process.env.E2E_DATA_DIR ?? "");
    const payer = await signInByApi(process.env.E2E_BASE_URL ?? "");
    const networks = await payer.call<{ items: { id: string; chainId: string }[] }>("GET", "/api/v1/networks");
    const networkId = networks.items.find(({ chainId }) => chainId === facts.chainId)?.id;
    const proposalId = await proposeText(facts, "Longer windows", async (address) => {
      await payer.call("POST", "/api/v1/faucet", { networkId, address });
    });
    await host.page.goto(`${host.home}/governance`);
    await host.page.getByRole("link", { name: /Longer windows/ }).click({ timeout: 60_000 });
    const yes = host.page.getByRole("radio", { name: /^Yes/ });
    await whenAlive(yes);
    await yes.check();
    await host.page.getByRole("button", { name: "Review and sign vote" }).click();
    await signAct(host.page);
    const { vote } = await chainRest<{ vote: { options: { option: string }[] } }>(
      `/cosmos/gov/v1/proposals/${proposalId}/votes/${host.address}`,
    );
    expect(vote.options.map(({ option }) => option)).toEqual(["VOTE_OPTION_YES"]);
  });

  await test.step("a stranger finds the validator in the explorer", async () => {
    const stranger = await (await browser.newContext()).newPage();
    const { chainId } = localnetFacts(process.env.E2E_DATA_DIR ?? "");
    await stranger.goto(`${process.env.E2E_BASE_URL}/networks/${chainId}`);
    const search = stranger.getByRole("searchbox").first();
    await whenAlive(search);
    await search.fill(host.name);
    await stranger.getByRole("link", { name: host.name }).click({ timeout: 60_000 });
    await stranger.waitForURL(new RegExp(host.operatorAddress));
    await expect(stranger.getByRole("heading", { level: 1 })).toContainText(host.name);
    await expect(stranger.getByText("https://daily.example.org")).toBeVisible();
    await stranger.context().close();
  });
  for (const one of both) await one.page.context().close();
});
