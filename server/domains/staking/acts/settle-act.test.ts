import { describe, expect, it } from "vitest";
import type { TransactionStatus } from "@/db/states/chain";
import type { ActStatus } from "../constants";
import { endOf } from "./settle-act";

describe("what an act takes in of its transactions", () => {
  it.each<[ActStatus, TransactionStatus[], ActStatus | null]>([
    ["submitted", ["accepted"], null],
    ["submitted", ["broadcast"], null],
    ["submitted", ["included"], "done"],
    ["submitted", ["failed"], "failed"],
    ["submitted", ["expired"], "expired"],
    ["expired", ["included"], "done"],
    ["expired", ["expired"], null],
    ["done", ["included"], null],
    ["prepared", ["prepared"], null],
    ["prepared", ["superseded"], null],
    ["withdrawn", ["superseded"], null],
    ["submitted", ["superseded", "included"], "done"],
    ["submitted", [], null],
  ])("%s with %j becomes %s", (status, transactions, end) => {
    const found = endOf(
      status,
      transactions.map((one) => ({ status: one })),
    );
    expect(found?.end ?? null).toBe(end);
  });
});
