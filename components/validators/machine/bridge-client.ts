import type { z } from "zod";
import {
  BRIDGE_ORIGINS,
  BridgeDone,
  BridgeHealth,
  BridgeKey,
  BridgePaired,
  BridgeRefusal,
} from "@/lib/contracts/agent/bridge";

/** A port without anything on it refuses at once; one that swallows the request must not hold the page. */
const LOOK_TIMEOUT_MS = 1_500;
const ASK_TIMEOUT_MS = 10_000;

/** Why the agent of this machine did not do what the page asked, in words for the person. */
export class BridgeError extends Error {}

type Options = { readonly origin: string; readonly path: string; readonly token?: string; readonly json?: unknown };

async function ask<Schema extends z.ZodType>(
  { origin, path, token, json }: Options,
  shape: Schema,
  timeoutMs: number = ASK_TIMEOUT_MS,
): Promise<z.output<Schema>> {
  let answer: unknown;
  try {
    const init: RequestInit & { targetAddressSpace: string } = {
      method: json === undefined ? "GET" : "POST",
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(json === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(timeoutMs),
      // Chromium asks the person for leave to reach their own machine (Local Network Access).
      targetAddressSpace: "loopback",
    };
    answer = await (await fetch(new URL(path, origin), init)).json();
  } catch {
    throw new BridgeError(
      "The agent on this machine does not answer any more. Look whether it still runs, then try again.",
    );
  }
  const refusal = BridgeRefusal.safeParse(answer);
  if (refusal.success) throw new BridgeError(refusal.data.error);
  const parsed = shape.safeParse(answer);
  if (!parsed.success) throw new BridgeError("Something else than the agent answered on this machine.");
  return parsed.data;
}

/** The agent's origin on this machine; null where none of its ports has it. */
export async function findBridge(): Promise<string | null> {
  const found = await Promise.all(
    BRIDGE_ORIGINS.map((origin) =>
      ask({ origin, path: "/health" }, BridgeHealth, LOOK_TIMEOUT_MS).then(
        () => origin,
        () => null,
      ),
    ),
  );
  return found.find((origin) => origin !== null) ?? null;
}

/** Gives the digits that the agent shows; answers the token for everything else. @throws BridgeError */
export const pairWithBridge = (origin: string, code: string) =>
  ask({ origin, path: "/pair", json: { code } }, BridgePaired);

/** The node's consensus public key, raw base64. @throws BridgeError */
export const readBridgeKey = async (origin: string, token: string): Promise<{ key: string; machineId: string }> => {
  const { pubkey, machineId } = await ask({ origin, path: "/consensus-pubkey", token }, BridgeKey);
  return { key: pubkey.key, machineId };
};

/** Hands the enrolment token over. @throws BridgeError */
export const enrolBridge = (origin: string, token: string, enrolmentToken: string) =>
  ask({ origin, path: "/enrol", token, json: { token: enrolmentToken } }, BridgeDone);
