import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { landingPicture } from "./landing-picture";
import { validatorPicture } from "./validator-picture";

/** Pictures are drawn from what is on this machine: a font or a picture of a letter from elsewhere is a request that fails here. */
const asked: string[] = [];
beforeEach(() => {
  asked.length = 0;
  const real = globalThis.fetch;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    // The layout engine is in the program itself, as an address of data.
    if (String(url).startsWith("data:")) return real(url, init);
    asked.push(String(url));
    throw new Error("the network was asked");
  });
});
afterEach(() => vi.restoreAllMocks());

/** Width and height of a PNG, from its header (PNG specification 3, 11.2.1). */
async function pngSize(response: Response): Promise<[number, number]> {
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

const pictureOf = (moniker: string, state: "signing" | "jailed" | "missing" | "unknown" = "signing") =>
  validatorPicture({
    validator: {
      moniker,
      operatorAddress: "omnivaloper1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqtmwtxz",
      standing: {
        state,
        since: null,
        jail: null,
        unbondsAt: null,
        blocks: null,
        misses: null,
        tokensBaseUnits: null,
        lastKnown: null,
      },
    },
    network: { chainId: "omniphi-1", displayName: "Omniphi", displayDenom: "OMNI", denomExponent: 6 },
    chain: { tokensBaseUnits: "123456789000000", rank: 4, commissionRate: "0.1" },
    blocks: ["signed", "missed", "absent", "unknown"],
    now: new Date("2026-01-01T00:00:00Z"),
  });

describe("a validator's preview", () => {
  it.each(["Lighthouse", "\u{1f680} \u707d\u53f0 Rocket", "\u707d\u53f0", "<b>&\u200b", "x".repeat(70)])(
    "is drawn for the name %j without the network, and may be kept for minutes",
    async (moniker) => {
      const response = pictureOf(moniker);
      expect(response.headers.get("content-type")).toBe("image/png");
      expect(response.headers.get("cache-control")).toBe("public, max-age=300");
      expect(await pngSize(response)).toEqual([1200, 630]);
      expect(asked).toEqual([]);
    },
  );

  it.each(["jailed", "missing", "unknown"] as const)("is drawn for one that is %s", async (state) => {
    expect(await pngSize(pictureOf("Lighthouse", state))).toEqual([1200, 630]);
  });
});

it("draws the first page with receipts, with nothing measured, and with nothing read", async () => {
  const empty = { measuredAt: "2026-01-01T00:00:00Z", windowDays: 30, validators: 0, refusedStarts: 0 };
  const full = {
    ...empty,
    validators: 3,
    blocks: { signed: 10, missed: 1, since: empty.measuredAt },
    setups: { count: 2, medianMs: 6_300 },
  };
  for (const receipts of [full, { ...empty, blocks: null, setups: null }, null]) {
    expect(await pngSize(landingPicture(receipts))).toEqual([1200, 630]);
  }
  expect(asked).toEqual([]);
});
