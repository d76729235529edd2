import { createPublicKey, verify } from "node:crypto";
import { AGENT_COMMANDS, AgentCommand, commandBytes } from "@/lib/contracts/agent/command";
import type { AgentKind } from "@/lib/contracts/agent/version";
import type { AgentState } from "./agent-state";

const SPKI_ED25519 = Buffer.from("302a300506032b6570032100", "hex");

function isFromPlatform(command: AgentCommand, platformKey: string): boolean {
  try {
    const raw = Buffer.from(platformKey, "base64");
    const key = createPublicKey({ key: Buffer.concat([SPKI_ED25519, raw]), format: "der", type: "spki" });
    const { signature, ...signed } = command;
    return verify(null, commandBytes(signed), key, Buffer.from(signature, "base64url"));
  } catch {
    return false;
  }
}

/** Does what the platform asks, each command once: what was done is remembered before the receipt is sent, and a receipt is sent until the command stops coming. */
export async function obey(
  state: AgentState,
  kind: AgentKind,
  offered: readonly unknown[],
  act: (command: AgentCommand) => Promise<void> | void,
  now: () => Date = () => new Date(),
): Promise<void> {
  for (const each of offered) {
    const parsed = AgentCommand.safeParse(each);
    if (!parsed.success || !state.enrolled) continue;
    const command = parsed.data;
    // Neither is told to anybody: who sent it is not the platform.
    if (command.agentId !== state.enrolled.agentId || !isFromPlatform(command, state.enrolled.platformKey)) continue;
    const { commandId } = command;
    if (state.receipts.some((receipt) => receipt.commandId === commandId)) continue;
    const refuse = (message: string) => state.keepReceipt({ commandId, outcome: "refused", message });
    if (new Date(command.expiresAt) <= now()) refuse("The command came after its time.");
    else if (!(AGENT_COMMANDS[kind] as readonly string[]).includes(command.kind)) refuse("Not a command of this kind.");
    else {
      try {
        await act(command);
        state.keepReceipt({ commandId, outcome: "done" });
      } catch (thrown) {
        refuse((thrown as Error).message.slice(0, 300));
      }
    }
  }
}
