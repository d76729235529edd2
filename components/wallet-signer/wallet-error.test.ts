import { describe, expect, it } from "vitest";
import { toWalletError, WalletError } from "./wallet-error";

describe("wallet errors", () => {
  it.each([
    [{ code: 4001, message: "x" }, "rejected"],
    [{ code: 4100 }, "locked"],
    [{ code: 4902 }, "wrong_network"],
    [new Error("Request rejected"), "rejected"],
    [new Error("The wallet is locked"), "locked"],
    [new Error("There is no chain info for omniphi-localnet-1"), "wrong_network"],
    [new Error("Ledger does not support direct"), "unsupported"],
    ["?", "failed"],
  ] as const)("sorts %o as %s", (thrown, reason) => {
    expect(toWalletError(thrown).reason).toBe(reason);
  });

  it("keeps one that is ours already and says what to do in each", () => {
    const own = new WalletError("locked");
    expect(toWalletError(own)).toBe(own);
    expect(own.message).toContain("Unlock");
  });
});
