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

describe("the proxy, which names a page's request and gives its answer the security headers", () => {
  const taken = ["/", "/app", "/api", "/apis/x", "/metrics/x", "/validators"];
  it.each(taken)("takes %s", (path) => {
    expect(matcher.test(path)).toBe(true);
  });

  const left = [
    "/api/v1/networks",
    "/api/nothing",
    "/api/inngest",
    "/metrics",
    "/_next/static/chunks/x.js",
    "/_next/image",
  ];
  it.each(left)("leaves %s alone, which the admission or the framework's files answer", (path) => {
    expect(matcher.test(path)).toBe(false);
  });
});
