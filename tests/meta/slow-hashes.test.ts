import { describe, expect, it } from "vitest";
import { readRepositoryFiles } from "./repository-files";

/**
 * Deriving a key from a passphrase is slow on purpose, so whoever may ask a process for it can hold it up (measures.md, fault 75). The product
 * keeps no passwords: wallets sign, tokens are random and kept as keyed hashes, and a test wallet's backup is opened in the person's own browser.
 */
const SLOW = /\b(?:scrypt|pbkdf2|argon2)(?:Sync|id?)?\b|\bbcrypt(?:js)?\b/i;
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
const derivesSlowly = (text: string): boolean => SLOW.test(withoutComments(text));

describe("processes of ours", () => {
  it("derive no key from a passphrase, which callers could flood them with", () => {
    const sources = readRepositoryFiles(/^(agent|app|db|inngest|lib|server)\/.*(?<!\.test|\.d)\.(ts|tsx|mjs|mts)$/);
    expect(sources.length).toBeGreaterThan(300);
    expect(sources.filter(({ text }) => derivesSlowly(text)).map(({ path }) => path)).toEqual([]);
  });
});

describe("the rule", () => {
  it.each([
    'import { scrypt } from "node:crypto";',
    "scryptSync(passphrase, salt, 32)",
    "pbkdf2Sync(a, b, 1, 2)",
    'deriveBits({ name: "PBKDF2" }, key, 256)',
    "argon2id(words)",
    'import bcrypt from "bcryptjs";',
  ])("finds %s", (text) => {
    expect(derivesSlowly(text)).toBe(true);
  });

  it.each(["// scrypt(x)", "decrypt(x)", 'createHmac("sha256", pepper)', "describeScript(x)"])(
    "passes by %s",
    (text) => {
      expect(derivesSlowly(text)).toBe(false);
    },
  );
});
