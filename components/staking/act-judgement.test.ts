import { describe, expect, it } from "vitest";
import { ACT_STATUSES } from "@/server/domains/staking/constants";
import { actSentence } from "./act-judgement";

describe("what came of an act", () => {
  it("is told with the block, or with the chain's own words", () => {
    const sentences = Object.fromEntries(
      ACT_STATUSES.map((status) => [
        status,
        actSentence({
          status,
          heightBlocks: status === "done" ? "42" : null,
          reason: status === "failed" ? "out of gas" : null,
        }),
      ]),
    );
    expect(sentences).toEqual({
      prepared: "Nobody has signed it yet.",
      submitted: "Signed and handed to the chain; it waits for a block.",
      done: "Block 42 has it.",
      failed: "The chain refused it: out of gas",
      expired: "No block took it in time. It may be prepared and signed again.",
      withdrawn: "It was given up before anybody signed.",
    });
  });
});
