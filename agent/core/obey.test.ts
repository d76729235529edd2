import { generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { type AgentCommand, commandBytes } from "@/lib/contracts/agent/command";
import { type AgentState, openAgentState } from "./agent-state";
import { obey } from "./obey";

const platform = generateKeyPairSync("ed25519");
const platformKey = platform.publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64");
let path: string;
let state: AgentState;
let done: string[];
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), "omniphi-obey-")), "agent.json");
  state = openAgentState(path);
  state.keepEnrolled({
    url: "https://x.org",
    agentId: "agt_1",
    platformKey,
    walletAddress: null,
    consensusPubkey: null,
  });
  done = [];
});

const command = (change: Partial<AgentCommand> = {}, key = platform.privateKey): AgentCommand => {
  const unsigned = {
    version: 1 as const,
    commandId: "cmd_1",
    agentId: "agt_1",
    kind: "warn-duplicate-signer" as const,
    payload: { with: "another", consensusPubkey: "x" },
    issuedAt: new Date().toISOString(),
    expiresAt: new Date(Date.now() + 60_000).toISOString(),
    ...change,
  };
  return {
    ...unsigned,
    signature: sign(null, commandBytes(unsigned), key).toString("base64url"),
    ...(change.signature ? { signature: change.signature } : {}),
  };
};
const act = ({ commandId }: AgentCommand) => {
  done.push(commandId);
};

it("does a command of the platform once, also after a restart, and keeps its receipt", async () => {
  await obey(state, "validator", [command(), command()], act);
  await obey(openAgentState(path), "validator", [command()], act);
  expect(done).toEqual(["cmd_1"]);
  expect(openAgentState(path).receipts).toEqual([{ commandId: "cmd_1", outcome: "done" }]);
});

it("does nothing for anybody else's signature, another agent's command or a changed one", async () => {
  const forger = generateKeyPairSync("ed25519").privateKey;
  const changed = { ...command(), payload: { with: "nobody" } };
  await obey(
    state,
    "validator",
    [command({}, forger), command({ agentId: "agt_2" }), changed, { junk: true }, null],
    act,
  );
  expect(done).toEqual([]);
  expect(state.receipts).toEqual([]);
});

it("refuses what came too late and what is not of its kind, and says so", async () => {
  await obey(state, "validator", [command({ expiresAt: new Date(0).toISOString() })], act);
  await obey(state, "validator", [command({ commandId: "cmd_2", kind: "drain" })], act);
  expect(done).toEqual([]);
  expect(state.receipts.map(({ commandId, outcome }) => [commandId, outcome])).toEqual([
    ["cmd_1", "refused"],
    ["cmd_2", "refused"],
  ]);
});

it("never uses a counter twice, also when its file was set back", () => {
  const first = state.nextCounter();
  expect(openAgentState(path).nextCounter()).toBeGreaterThan(first);
  expect(state.nextCounter(first + 1_000_000)).toBeGreaterThanOrEqual(first + 1_000_000);
});
