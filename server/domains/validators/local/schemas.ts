import { z } from "zod";
import { AgentSignatureText, Ed25519KeyText, MachineIdText } from "@/lib/contracts/agent/enrolment";
import { reportAnswer, SignStateReport, validatorReport } from "@/lib/contracts/agent/report";
import { agentsDomain } from "@/server/domains/agents/domain";
import { accountAddressText, boundedText, nameText, patternText } from "@/server/kernel/text";
import { SETUP_STATUSES } from "../constants";
import { validatorsDomain } from "../domain";

/** Why its owner should look at a machine. */
const MACHINE_WARNINGS = ["duplicate_signer", "other_chain", "on_battery", "may_sleep", "disk_nearly_full"] as const;
const percent = z.number().nullable();

/** The newest report of a node that its owner runs on a machine of their own; what it does not tell is null. */
export const LocalMachine = z
  .object({
    id: z.string(),
    walletAddress: z.string(),
    networkId: z.string(),
    consensusPubkey: z.string(),
    setupRequestId: z.string().nullable(),
    machineId: z.string(),
    machineName: z.string(),
    /** Online for less than five minutes of silence; stale when its last reports did not come. */
    presence: z.enum(["online", "stale", "offline"]),
    isOnline: z.boolean(),
    isHealthy: z.boolean(),
    warnings: z.array(z.enum(MACHINE_WARNINGS)),
    blockHeight: z.number().int(),
    isSynced: z.boolean().nullable(),
    catchingUp: z.boolean().nullable(),
    peerCount: z.number().int().nullable(),
    uptimeSeconds: z.number().int(),
    cpuPercent: percent,
    memoryPercent: percent,
    diskPercent: percent,
    localRpcPort: z.number().int().nullable(),
    localP2pPort: z.number().int().nullable(),
    localGrpcPort: z.number().int().nullable(),
    chainId: z.string().nullable(),
    nodeVersion: z.string().nullable(),
    binaryVersion: z.string().nullable(),
    agentVersion: z.string().nullable(),
    osType: z.string().nullable(),
    osVersion: z.string().nullable(),
    lastSignState: SignStateReport.nullable(),
    /** When another signer with the same key was last seen beside it, and which. */
    duplicateSigner: z.object({ at: z.string(), with: z.string() }).nullable(),
    firstSeen: z.string(),
    lastSeen: z.string(),
  })
  .meta({ id: "LocalMachine" });
export type LocalMachine = z.infer<typeof LocalMachine>;

export const LocalMachineHistory = z
  .object({
    samples: z.array(
      z.object({
        at: z.string(),
        blockHeight: z.number().int(),
        catchingUp: z.boolean().nullable(),
        peerCount: z.number().int().nullable(),
        cpuPercent: percent,
        memoryPercent: percent,
        diskPercent: percent,
      }),
    ),
  })
  .meta({ id: "LocalMachineHistory" });
export type LocalMachineHistory = z.infer<typeof LocalMachineHistory>;

/** Body of `POST /api/v1/validators/heartbeat`. */
export const LocalHeartbeatInput = z.strictObject({
  walletAddress: accountAddressText,
  consensusPubkey: Ed25519KeyText,
  ...validatorReport,
});
export const LocalHeartbeatAnswer = z
  .object({
    id: z.string(),
    blockHeight: z.number().int(),
    lastSeen: z.string(),
    message: z.string(),
    /** The validator that this machine's node is for; null while its wallet has none here. */
    setup: z
      .object({
        setupRequestId: z.string(),
        generation: z.number().int(),
        status: z.enum(SETUP_STATUSES),
        wantsKeyProof: z.boolean(),
      })
      .nullable(),
    ...reportAnswer,
  })
  .meta({ id: "LocalHeartbeatAnswer" });

/** A consensus key in a path: base64, or base64url, which has no slash in it. */
export const HeartbeatRef = z.strictObject({
  pubkey: patternText(/^[A-Za-z0-9+/_-]{43}=?$/, "a consensus public key of 32 bytes in base64 or base64url", 44).meta({
    examples: ["LCmdZjGVcU6tT4c9cIhJ9tJp2k5pVq3yQf0m1vS8w7A"],
  }),
});

/** Body of `POST …/local-key`: the node's key, and its machine's signature that it is. */
export const ProveLocalKeyInput = z.strictObject({
  setupRequestId: validatorsDomain.idText("setupRequest"),
  consensusPubkey: Ed25519KeyText,
  proof: z.strictObject({ agentId: boundedText(60), signature: AgentSignatureText }),
});

export const BeginPairingInput = z.strictObject({
  setupRequestId: validatorsDomain.idText("setupRequest"),
  consensusPubkey: Ed25519KeyText,
  /** Of the machine's agent where it is known; left out, the token is for whichever machine uses it first. */
  machineId: MachineIdText.optional(),
  name: nameText(60).default("My machine"),
});
export const Pairing = z
  .object({ pairingId: z.string(), messageToSign: z.string(), expiresAt: z.string() })
  .meta({ id: "MachinePairing" });
export const ConfirmPairingInput = z.strictObject({
  pairingId: agentsDomain.idText("pairing"),
  pubkey: boundedText(100),
  signature: boundedText(200),
  /** `key`: a token with which an agent brings its own key. `token`: a device token that is sent with each report. */
  credential: z.enum(["key", "token"]).default("key"),
});
export const PairedMachine = z
  .object({
    /** Shown once; null when the answer is given again under its Idempotency-Key. */
    token: z.string().nullable(),
    agentId: z.string().nullable(),
    expiresAt: z.string().nullable(),
  })
  .meta({ id: "PairedMachine" });
export type PairedMachine = z.infer<typeof PairedMachine>;
