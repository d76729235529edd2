import { afterEach, describe, expect, it, vi } from "vitest";

const RIGHT = {
  DATABASE_URL: "postgres://localhost/omniphi",
  AUTH_SECRET: "0123456789abcdef0123456789abcdef",
  SECRETS_KEK_BASE64: Buffer.alloc(32).toString("base64"),
  METRICS_TOKEN: "0123456789abcdef0123456789abcdef",
  INNGEST_EVENT_KEY: "0123456789",
  INNGEST_SIGNING_KEY: "0123456789abcdef",
  INNGEST_BASE_URL: "",
  INNGEST_DEV: "",
};

/** Names of the settings that are refused, and the sentence that says so. */
async function refusalOf(values: Readonly<Record<string, string>>): Promise<{ names: string[]; sentence: string }> {
  for (const [name, value] of Object.entries({ ...RIGHT, ...values })) vi.stubEnv(name, value);
  vi.resetModules();
  try {
    await import("@/env");
    return { names: [], sentence: "" };
  } catch (thrown) {
    const { problems, message } = thrown as { problems: { name: string }[]; message: string };
    return { names: problems.map(({ name }) => name), sentence: message };
  }
}

// Other files share the module, and must not meet the refusal of these.
afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

describe("the settings of a real Inngest server", () => {
  it.each([
    ["a bare signing key, as its documents make one", { INNGEST_SIGNING_KEY: "ab".repeat(32) }],
    ["a signing key with the SDK's prefix", { INNGEST_SIGNING_KEY: `signkey-prod-${"ab".repeat(32)}` }],
    ["a server of one's own", { INNGEST_BASE_URL: "http://inngest.internal:8288" }],
    ["development mode that is off", { INNGEST_DEV: "0" }],
  ])("takes %s", async (_name, values) => {
    expect(await refusalOf(values)).toEqual({ names: [], sentence: "" });
  });

  it.each([
    ["an odd number of digits", { INNGEST_SIGNING_KEY: "abc" }, "even number of digits"],
    ["a word for a key", { INNGEST_SIGNING_KEY: "my-signing-key" }, "openssl rand -hex 32"],
    ["an event key that no address can carry", { INNGEST_EVENT_KEY: "a key/with?signs" }, "letters and digits"],
    ["development mode", { INNGEST_DEV: "1" }, "unsigned calls are refused"],
    ["Inngest Cloud's events", { INNGEST_BASE_URL: "https://inn.gs" }, "Inngest Cloud"],
    ["Inngest Cloud's API", { INNGEST_BASE_URL: "https://api.inngest.com" }, "Inngest Cloud"],
    ["another kind of address", { INNGEST_BASE_URL: "redis://localhost" }, "http(s)"],
  ])("refuses %s, by its name", async (_name, values, words) => {
    const { names, sentence } = await refusalOf(values);
    expect(names).toEqual(Object.keys(values));
    expect(sentence).toContain(words);
  });

  it("names every setting that is wrong at once", async () => {
    expect((await refusalOf({ INNGEST_SIGNING_KEY: "x", AUTH_SECRET: "short" })).names).toEqual([
      "AUTH_SECRET",
      "INNGEST_SIGNING_KEY",
    ]);
  });
});

describe("receivers in a network of the operator's own", () => {
  it("are origins between commas, and what is none is named", async () => {
    const right = { OWN_RECEIVERS: "http://10.0.0.7:8065, https://chat.internal" };
    expect(await refusalOf(right)).toEqual({ names: [], sentence: "" });
    const wrong = await refusalOf({ OWN_RECEIVERS: "http://10.0.0.7:8065/hooks" });
    expect(wrong.names).toEqual(["OWN_RECEIVERS"]);
    expect(wrong.sentence).toContain("http://10.0.0.7:8065/hooks is no origin");
  });
});
