import { z } from "zod";
import { Ed25519KeyText, MachineIdText } from "./enrolment";

/** Where a page looks for the agent of the machine that its browser runs on; a port that is taken sends the agent to the next one. */
export const FIRST_BRIDGE_PORT = 15_000;
export const BRIDGE_PORTS = 10;
export const BRIDGE_SERVICE = "omniphi-validator";

/** The origins of the bridge that a page may ask. */
export const BRIDGE_ORIGINS: readonly string[] = Array.from(
  { length: BRIDGE_PORTS },
  (_, offset) => `http://127.0.0.1:${FIRST_BRIDGE_PORT + offset}`,
);

export const BridgeHealth = z.object({
  success: z.literal(true),
  service: z.literal(BRIDGE_SERVICE),
  version: z.string(),
});
export const BridgePaired = z.object({ success: z.literal(true), token: z.string(), machineId: MachineIdText });
export const BridgeKey = z.object({
  success: z.literal(true),
  pubkey: z.object({ "@type": z.string(), key: Ed25519KeyText }),
  machineId: MachineIdText,
});
export const BridgeDone = z.object({ success: z.literal(true) });
export const BridgeRefusal = z.object({ success: z.literal(false), error: z.string() });
