import { describe, expect, it } from "vitest";
import { canTransition } from "@/server/kernel/states";
import { SETUP_STATUSES } from "./constants";
import {
  canCancel,
  canRedeploy,
  canRetry,
  canStart,
  canStop,
  isGivenUp,
  isProvisioning,
  isSettled,
  maySign,
  SETUP_MOVES,
} from "./states";

describe("setup request states", () => {
  it("become active only from the two states that wait for the chain", () => {
    const sources = SETUP_STATUSES.filter((from) => canTransition(SETUP_MOVES, from, "active"));
    expect(sources).toEqual(["ready_for_chain_tx", "chain_tx_pending"]);
  });

  it("cannot be cancelled while a transaction is in flight, nor when settled", () => {
    expect(SETUP_STATUSES.filter(canCancel)).toEqual(["pending", "provisioning", "configuring", "ready_for_chain_tx"]);
  });

  it("are given up, or signed for, in the states that each move of theirs tells", () => {
    expect(SETUP_STATUSES.filter(isGivenUp)).toEqual(["failed", "cancelled"]);
    expect(
      SETUP_STATUSES.filter((status) => maySign(status) && canTransition(SETUP_MOVES, status, "chain_tx_pending")),
    ).toEqual(["ready_for_chain_tx"]);
  });

  it("leave failed only by retry, and only while retries are left", () => {
    expect(SETUP_MOVES.failed).toEqual(["pending"]);
    const failed = { status: "failed", retryCount: 2, maxRetries: 3, releasedAt: new Date() } as const;
    expect(canRetry(failed)).toBe(true);
    expect(canRetry({ ...failed, retryCount: 3 })).toBe(false);
    expect(canRetry({ ...failed, status: "active" })).toBe(false);
    expect(canRetry({ ...failed, releasedAt: null })).toBe(false);
  });

  it("are either at work, waiting for somebody, or settled", () => {
    for (const status of SETUP_STATUSES) expect(isProvisioning(status) && isSettled(status)).toBe(false);
  });
});

describe("node acts", () => {
  it("wait for the operation under way", () => {
    const busy = { status: "synced", operation: "redeploy" } as const;
    expect([canStop(busy), canStart(busy), canRedeploy(busy)]).toEqual([false, false, false]);
  });

  it("follow the observed state", () => {
    expect(canStop({ status: "stopped", operation: null })).toBe(false);
    expect(canStart({ status: "stopped", operation: null })).toBe(true);
    expect(canStart({ status: "synced", operation: null })).toBe(false);
    expect(canRedeploy({ status: "terminated", operation: null })).toBe(false);
  });
});
