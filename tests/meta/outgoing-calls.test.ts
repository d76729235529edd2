import { describe, expect, it } from "vitest";
import { readRepositoryFiles } from "./repository-files";

/** Whoever reaches out by himself, and why no person can say where to: everything else goes through `lib/os/guarded-fetch.ts`. */
const BY_THEMSELVES: Readonly<Record<string, string>> = {
  "lib/os/guarded-fetch.ts": "it is the guard",
  "server/adapters/cosmos/block-feed.ts": "asks the guard for the URL and for the look-up of its name",
  "server/adapters/docker/node-container.ts": "a node of ours on its own host, by the port that we gave it",
  "server/adapters/process/node-status.ts": "a node of ours on its own host, by the port that we gave it",
  "server/http/health/checks.ts": "the job engine's address is a setting of the installation",
  "inngest/client.ts": "the job engine's address is a setting of the installation",
  "inngest/engine/protocol/send-request.ts": "the app's own address, which it registered",
};

const CALLS =
  /(?<![\w.])fetch\s*\(|\bnew\s+WebSocket\s*\(|\bhttps?\.(?:request|get)\s*\(|\b(?:net|tls)\.connect\s*\(|from\s+"(?:undici|axios|got|node-fetch)"/;
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
const reachesOut = (text: string): boolean => CALLS.test(withoutComments(text));

describe("code of the server", () => {
  it("reaches out through the guard, or is one of those that no person can lead anywhere", () => {
    const sources = readRepositoryFiles(/^(server|lib|inngest|db)\/.*(?<!\.test|\.d)\.(ts|mjs|mts)$/);
    expect(sources.length).toBeGreaterThan(300);
    const found = sources.filter(({ text }) => reachesOut(text)).map(({ path }) => path);
    expect(found.filter((path) => !Object.hasOwn(BY_THEMSELVES, path))).toEqual([]);
  });
});

describe("the rule", () => {
  it.each([
    'await fetch("https://a")',
    "const s = new WebSocket(url)",
    "http.request(url)",
    "https.get(url)",
    "net.connect(1)",
    'import { request } from "undici";',
  ])("finds %s", (text) => {
    expect(reachesOut(text)).toBe(true);
  });

  it.each(["guardedFetch(url)", "await prefetch(x)", "// fetch(x)", "pool.fetch(x)"])("passes by %s", (text) => {
    expect(reachesOut(text)).toBe(false);
  });
});
