import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import type { CommandReceipt } from "@/lib/contracts/agent/command";
import { writeDurably } from "@/lib/os/durable-file.mjs";

const RAW_KEY_BYTES = 32;
/** How many commands are remembered, so that one that comes again is not done again. */
const KEPT_RECEIPTS = 50;

const Kept = z.strictObject({
  machineId: z.string(),
  privateKeyPem: z.string(),
  counter: z.number().int(),
  /** Null until a token was used. */
  enrolled: z
    .strictObject({
      url: z.string(),
      agentId: z.string(),
      platformKey: z.string(),
      walletAddress: z.string().nullable(),
      consensusPubkey: z.string().nullable(),
    })
    .nullable(),
  receipts: z.array(
    z.strictObject({ commandId: z.string(), outcome: z.enum(["done", "refused"]), message: z.string().optional() }),
  ),
});
type Kept = z.infer<typeof Kept>;
export type Enrolled = NonNullable<Kept["enrolled"]>;

/** What the agent keeps across restarts, in one file that its owner alone may read: its key, its name, its counter, and what it did. */
export type AgentState = {
  readonly machineId: string;
  /** Raw Ed25519 in base64. */
  readonly publicKey: string;
  readonly enrolled: Enrolled | null;
  readonly receipts: readonly CommandReceipt[];
  /** Base64url of 64 bytes. */
  sign(bytes: Uint8Array): string;
  /** Higher than every one before, also when the file was lost or set back: it follows the clock. */
  nextCounter(atLeast?: number): number;
  keepEnrolled(enrolled: Enrolled): void;
  keepReceipt(receipt: CommandReceipt): void;
};

function readKept(path: string): Kept | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw thrown;
  }
  return Kept.parse(JSON.parse(text));
}

/** Opens the file, or makes it with a new key and a new name. @throws when it is there and cannot be read: a new key in its place would lose the machine */
export function openAgentState(path: string): AgentState {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const found = readKept(path);
  let kept: Kept = found ?? {
    machineId: `machine-${randomBytes(8).toString("hex")}`,
    privateKeyPem: generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
    counter: 0,
    enrolled: null,
    receipts: [],
  };
  const keep = (patch: Partial<Kept>) => {
    kept = { ...kept, ...patch };
    writeDurably(path, `${JSON.stringify(kept, null, 2)}\n`, 0o600);
  };
  if (!found) keep({});
  const key: KeyObject = createPrivateKey(kept.privateKeyPem);
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  return {
    machineId: kept.machineId,
    publicKey: spki.subarray(-RAW_KEY_BYTES).toString("base64"),
    get enrolled() {
      return kept.enrolled;
    },
    get receipts() {
      return kept.receipts.map(({ message, ...receipt }) => ({
        ...receipt,
        ...(message === undefined ? {} : { message }),
      }));
    },
    sign: (bytes) => sign(null, bytes, key).toString("base64url"),
    nextCounter: (atLeast = 0) => {
      const counter = Math.max(kept.counter + 1, atLeast, Date.now());
      keep({ counter });
      return counter;
    },
    keepEnrolled: (enrolled) => keep({ enrolled, receipts: [] }),
    keepReceipt: (receipt) => keep({ receipts: [...kept.receipts, { ...receipt }].slice(-KEPT_RECEIPTS) }),
  };
}
