import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handleSecurityTxt } from "@/server/http/handle-security-txt";
import { apiRequest } from "../../support/http-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

const ask = () => handleSecurityTxt(apiRequest("GET", "/.well-known/security.txt"));

describe("security.txt", () => {
  let runtime: TestRuntime;
  beforeAll(async () => {
    runtime = await createTestRuntime({ settings: { securityContact: "mailto:security@example.org" } });
  });
  afterAll(() => runtime.close());

  it("names the contact of the settings", async () => {
    const answer = await ask();
    expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(await answer.text()).toContain("Contact: mailto:security@example.org\n");
  });
});

describe("without a contact", () => {
  let runtime: TestRuntime;
  beforeAll(async () => {
    runtime = await createTestRuntime();
  });
  afterAll(() => runtime.close());

  it("is not there", async () => {
    expect((await ask()).status).toBe(404);
  });
});
