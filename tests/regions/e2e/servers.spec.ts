import { expect, test } from "@playwright/test";
import { startAgentProgram } from "../../support/agent-program";
import { readApi, signInInBrowser } from "../../support/e2e/browser-person";
import { grantAdmin } from "../../support/e2e/grant-admin";
import { expectAccessible } from "../../support/e2e/looks";

const at = (path: string) => `${process.env.E2E_BASE_URL}${path}`;
/** A heartbeat comes every half minute, and a region's health is computed each minute. */
const SLOW_MS = 150_000;

test("the wizard shows the regions on a map and in a list, and says that on a local network all are this machine", async ({
  page,
}) => {
  await signInInBrowser(page);
  const wizard = page.url().replace(/[a-z]+$/, "placement");
  await page.goto(wizard);
  await expect(page.getByText("all regions are this machine")).toBeVisible();
  await expect(page.getByRole("img", { name: /^Map of \d+ regions/ })).toBeVisible();
  await expectAccessible(page);
  const group = page.getByRole("group", { name: "Region", exact: true });
  await group.getByRole("radio", { name: /US East/ }).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await expect(group.getByRole("radio", { name: /US West/ })).toBeChecked();
  await expect(group.getByText("Latency and load unknown").first()).toBeVisible();
});

test("an operator enrols this machine as a server, sees what it measures, drains it and takes it out of service", async ({
  page,
}) => {
  test.setTimeout(600_000);
  await signInInBrowser(page);
  await grantAdmin(page);
  await page.goto(at("/admin/servers"));
  await expect(page.getByRole("heading", { name: "No server yet" })).toBeVisible();
  await page.getByRole("button", { name: "Enrol server" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("button", { name: "Make the token" }).click();
  await expect(sheet.getByText("an IPv4 or IPv6 address")).toBeVisible();
  await sheet.getByLabel("Region").selectOption("eu-central");
  await sheet.getByLabel("Host name").fill("this-machine.example.org");
  await sheet.getByLabel("IP address", { exact: true }).fill("127.0.0.1");
  await sheet.getByLabel("Provider").fill("Our own");
  await sheet.getByRole("button", { name: "Make the token" }).click();
  const command = (await sheet.locator("code").textContent()) ?? "";
  const [, server = "", token = ""] = /--server (srv_\S+) .*--token (omnie_\S+)/.exec(command) ?? [];
  await expectAccessible(page);
  await sheet.getByRole("button", { name: "The command is copied" }).click();

  const agent = await startAgentProgram(
    [
      ...["--url", process.env.E2E_BASE_URL ?? "", "--region", "eu-central", "--server", server, "--token", token],
      ...["--docker", "/nonexistent/docker.sock"],
    ],
    "server",
  );
  try {
    await page.getByRole("link", { name: "this-machine.example.org" }).click();
    await page.waitForURL(/\/admin\/servers\/srv_/);
    await expect(page.getByText(/It is open for new nodes\.|Short of [a-z ,]+\./)).toBeVisible({
      timeout: SLOW_MS,
    });
    await expectAccessible(page);
    await expect
      .poll(async () => (await readApi<{ state: string }>(page, "/api/v1/regions/eu-central/health")).state, {
        timeout: SLOW_MS,
      })
      .not.toBe("unknown");

    await page.goto(at("/admin/regions"));
    await expect(page.getByText(/^Open and healthy$|^Open, not healthy$|^Open, health unknown$/).first()).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("link", { name: "EU Central" }).click();
    await page.waitForURL(/\/admin\/regions\/eu-central$/);
    await expect(page.getByText(/of 100$/)).toBeVisible();
    // Whether it would take one depends on how busy this very machine is, as its agent measures.
    await expect(page.getByText(/^[01] of 1 would take a node$/)).toBeVisible();
    await expectAccessible(page);
    await page.goto(at("/admin/capacity"));
    await expect(page.getByRole("link", { name: "EU Central" })).toBeVisible();
    await expectAccessible(page);

    await page.goto(at(`/admin/servers/${server}`));
    await page.getByRole("button", { name: "Drain server" }).click();
    await page.getByRole("button", { name: "Drain this-machine.example.org" }).click();
    await expect(page.getByText("It is empty and takes no node.")).toBeVisible({ timeout: SLOW_MS });
    await page.getByRole("button", { name: "Decommission server" }).click();
    await page.getByLabel("Type this-machine.example.org to go on").fill("this-machine.example.org");
    await page.getByRole("button", { name: "Decommission this-machine.example.org" }).click();
    await expect(page.getByText("Out of service for good.")).toBeVisible();
  } finally {
    // Its next report is refused, and then there is no use in going on.
    expect([0, 3]).toContain(await agent.stop());
  }
});
