import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rateLimits } from "@/db/schema/system";
import { grantPlatformRole } from "@/server/domains/identity";
import { pathParameters } from "@/server/http/match-route";
import { ROUTES } from "@/server/http/routes";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { callApi } from "../../support/http-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
let operator: SignedInPerson;
beforeAll(async () => {
  runtime = await createTestRuntime();
  operator = await createPerson(runtime);
  await grantPlatformRole(await runtime.ctx(), { walletAddress: operator.wallet.address, platformRole: "operator" });
});
beforeEach(() => runtime.db.delete(rateLimits));
afterAll(() => runtime.close());

/** Rows that are there from the start, and why. */
const THERE_FROM_THE_START: Readonly<Record<string, string>> = {
  "/api/v1/admin/audit": "an operator was made",
  "/api/v1/alert-rules": "they come with the product",
  "/api/v1/auth/verify": "who asks, and what they may do",
  "/api/v1/governance/proposals": "there is no network that could be asked, which is said",
  "/api/v1/openapi.json": "the document of the product itself",
};
/** Reads of whole lists and figures, which nobody has to know an id for. */
const READS = ROUTES.filter(
  ({ method, path, input, sends, aliasOf }) =>
    method === "GET" &&
    aliasOf === null &&
    !sends &&
    pathParameters(path).length === 0 &&
    Object.values(input.shape).every((field) => field.safeParse(undefined).success),
).map(({ path }) => path);

/** Every row of every list in an answer, however deep. */
function rowsIn(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  if (value === null || typeof value !== "object") return 0;
  return Object.values(value).reduce((sum: number, part) => sum + rowsIn(part), 0);
}

describe("an installation in which nobody did anything yet", () => {
  it("has many lists and figures", () => {
    expect(READS.length).toBeGreaterThan(20);
    expect(Object.keys(THERE_FROM_THE_START).filter((path) => !READS.some((read) => read === path))).toEqual([]);
  });

  it.each(READS.filter((path) => !Object.hasOwn(THERE_FROM_THE_START, path)))(
    "answers %s without a row or a figure that was made up",
    async (path) => {
      const { status, body } = await callApi("GET", path, { bearer: operator.accessToken });
      expect([status, rowsIn(body)]).toEqual([200, 0]);
      // How long things take, of which there was none, is not known; how many there are is none.
      const { windowDays: _window, days: _days, ...figures } = body;
      for (const [name, value] of Object.entries(figures)) {
        if (/Ms$|^blocks$|^setups$/.test(name)) expect([name, value]).toEqual([name, null]);
        else if (typeof value === "number") expect([name, value]).toEqual([name, 0]);
      }
    },
  );
});
