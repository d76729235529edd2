import { describe, expect, it } from "vitest";
import { TRANSACTION_STATUSES } from "@/db/states/chain";
import { SETUP_STATUSES } from "../constants";
import { settlementOf } from "./settlement";

const waiting = { status: "chain_tx_pending", chainTxHash: "A", chainTxHeight: null } as const;
const ready = { ...waiting, status: "ready_for_chain_tx" } as const;
const sent = (
  status: (typeof TRANSACTION_STATUSES)[number],
  txHash: string | null = "A",
  height: bigint | null = null,
) => ({
  status,
  txHash,
  height,
  rawLog: "because",
});
const included = sent("included", "A", 7n);

describe("what a request takes in of its transactions", () => {
  it.each(["failed", "expired"] as const)("of one that %s is that it must be signed again, once", (outcome) => {
    const given = { kind: "give_back", outcome, reason: "because" };
    expect(settlementOf(waiting, [sent(outcome)])).toEqual(given);
    expect(settlementOf(ready, [sent(outcome)])).toBeNull();
    expect(settlementOf(ready, [sent("prepared", null), sent(outcome)])).toBeNull();
  });

  it("of one in a block is its height, once", () => {
    expect(settlementOf(waiting, [included])).toEqual({ kind: "included", transaction: included });
    expect(settlementOf({ ...waiting, chainTxHeight: 7n }, [included])).toBeNull();
  });

  it("is a block's word before any other, also after the request went back to the signature", () => {
    const settled = { kind: "included", transaction: included };
    expect(settlementOf(ready, [included])).toEqual(settled);
    expect(settlementOf({ ...waiting, chainTxHash: "B" }, [sent("failed", "B"), included])).toEqual(settled);
  });

  it("is the block, once, also when the chain showed the validator first", () => {
    const active = { ...waiting, status: "active" } as const;
    expect(settlementOf(active, [included])).toEqual({ kind: "included", transaction: included });
    expect(settlementOf({ ...active, chainTxHeight: 7n }, [included])).toBeNull();
    for (const outcome of ["accepted", "failed", "expired"] as const)
      expect(settlementOf(active, [sent(outcome)])).toBeNull();
  });

  it("is nothing while one is under way", () => {
    for (const status of ["accepted", "broadcast"] as const) {
      expect(settlementOf(waiting, [sent(status)])).toBeNull();
      expect(settlementOf({ ...waiting, chainTxHash: "B" }, [sent(status, "B"), included])).toBeNull();
      // Signed again to the same bytes: the older row has expired, the newer one is on its way.
      expect(settlementOf(waiting, [sent(status), sent("expired")])).toBeNull();
    }
  });

  it.each(SETUP_STATUSES.filter((status) => !["chain_tx_pending", "ready_for_chain_tx", "active"].includes(status)))(
    "is nothing for a request that is %s",
    (status) => {
      for (const word of TRANSACTION_STATUSES) expect(settlementOf({ ...waiting, status }, [sent(word)])).toBeNull();
    },
  );
});
