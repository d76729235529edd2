import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

/** Next compiles a matcher to this expression when it has no named parameter (path-to-regexp: a group in parentheses is taken as it is). */
let matcher: RegExp;
beforeAll(async () => {
  vi.stubEnv("OMNIPHI_SKIP_ENV_VALIDATION", "image-build");
  const { config } = await import("@/proxy");
  expect(config.matcher).toHaveLength(1);
  matcher = new RegExp(`^${config.matcher[0]}$`);
});
afterAll(() => vi.unstubAllEnvs());

describe("the proxy, which names a request and gives its answer the security headers", () => {
  const taken = ["/", "/app", "/api/v1/networks", "/api/nothing", "/api/inngestx", "/api/inngest/x", "/metrics"];
  it.each(taken)("takes %s", (path) => {
    expect(matcher.test(path)).toBe(true);
  });

  it.each(["/api/inngest", "/_next/static/chunks/x.js", "/_next/image"])("leaves %s alone", (path) => {
    expect(matcher.test(path)).toBe(false);
  });
});
