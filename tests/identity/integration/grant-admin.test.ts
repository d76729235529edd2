import { once } from "node:events";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { users } from "@/db/schema/identity";
import { auditEvents } from "@/db/schema/system";
import { type BundledProcess, bundleProcess } from "../../support/bundled-process";
import { createPerson } from "../../support/factories/identity";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { createTestWallet } from "../../support/test-wallet";

let runtime: TestRuntime;
let grantAdmin: BundledProcess;
beforeAll(async () => {
  runtime = await createTestRuntime();
  grantAdmin = await bundleProcess("grant-admin");
});
afterAll(() => runtime.close());

async function run(...walletAddress: string[]) {
  const child = grantAdmin.start(
    {
      DATABASE_URL: runtime.databaseUrl,
      AUTH_SECRET: "0123456789abcdef0123456789abcdef",
      METRICS_TOKEN: "0123456789abcdef0123456789abcdef",
      SECRETS_KEK_BASE64: Buffer.alloc(32).toString("base64"),
      INNGEST_EVENT_KEY: "0123456789",
      INNGEST_SIGNING_KEY: "signkey-prod-00",
    },
    walletAddress,
  );
  const [code] = (await once(child, "close")) as [number];
  return { code, output: child.output() };
}

describe("npm run admin -- grant", () => {
  it("makes the person behind a wallet a platform admin, and the audit log says so", async () => {
    const person = await createPerson(runtime);
    const { code, output } = await run(person.wallet.address);
    expect([code, output]).toEqual([0, `${person.wallet.address} (${person.userId}) is a platform admin now.\n`]);
    const [row] = await runtime.db.select().from(users).where(eq(users.id, person.userId));
    expect(row?.platformRole).toBe("admin");
    const [audit] = await runtime.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.action, "identity.user.platform_role_changed"));
    expect(audit).toMatchObject({ chainKey: "platform", actor: "system:grant-admin", targetId: person.userId });
  });

  it("says what to do when nobody has signed in with the wallet", async () => {
    const { address } = await createTestWallet();
    const { code, output } = await run(address);
    expect(code).toBe(1);
    expect(output).toContain("Sign in with that wallet once, then run this again. (identity.user_of_wallet_not_found)");
  });

  it("says how it is used when the address is missing", async () => {
    expect(await run()).toEqual({
      code: 2,
      output: expect.stringContaining("npm run admin -- grant <wallet address>"),
    });
  });
});
