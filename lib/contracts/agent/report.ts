import { z } from "zod";
import { AgentCommand, CommandReceipt } from "./command";
import { AgentVersionText } from "./enrolment";
import { AGENT_PROTOCOL_VERSION } from "./version";

const wholeNumber = (max = Number.MAX_SAFE_INTEGER) => z.number().int().min(0).max(max);
/** Sixty-eight years, as much as a row keeps. */
const MAX_UPTIME_SECONDS = 2 ** 31 - 1;
const percent = z.number().min(0).max(100);
const words = (max: number) => z.string().max(max);

/** What every kind of agent reports besides its own facts. */
export const reportCore = {
  protocolVersion: z.literal(AGENT_PROTOCOL_VERSION).default(AGENT_PROTOCOL_VERSION),
  agentVersion: AgentVersionText.optional(),
  osType: words(40).optional(),
  osVersion: words(80).optional(),
  /** Null and left out alike: the machine does not tell. */
  cpuPercent: percent.nullish(),
  memoryPercent: percent.nullish(),
  diskPercent: percent.nullish(),
  receipts: z.array(CommandReceipt).max(20).default([]),
};

/** What an agent is told in answer to a report. */
export const reportAnswer = {
  serverTime: z.string(),
  /** Not sooner than this. */
  nextReportSeconds: z.number().int(),
  commands: z.array(AgentCommand),
};

/** What a node has last signed, as its own sign-state file says; height as text, for it may be large. */
export const SignStateReport = z.strictObject({
  height: z
    .string()
    .max(19, { abort: true, error: "a height" })
    .regex(/^[0-9]+$/, { abort: true, error: "a height" })
    // As the chain counts them, in 64 bits with a sign.
    .refine((text) => BigInt(text) < 2n ** 63n, "a height")
    .meta({ examples: ["1042"] }),
  round: wholeNumber(1_000_000),
  step: wholeNumber(3),
});
export type SignStateReport = z.infer<typeof SignStateReport>;

const port = z.number().int().min(1).max(65_535);
const nodeFacts = {
  blockHeight: wholeNumber(),
  uptimeSeconds: wholeNumber(),
  catchingUp: z.boolean().nullish(),
  peerCount: wholeNumber(100_000).nullish(),
  chainId: words(64).optional(),
  nodeVersion: words(80).optional(),
  binaryVersion: words(80).optional(),
  lastSignState: SignStateReport.nullish(),
  localRpcPort: port.optional(),
  localP2pPort: port.optional(),
  localGrpcPort: port.optional(),
  /** Whether the machine runs on its battery, and whether it is set to sleep by itself. */
  onBattery: z.boolean().nullish(),
  maySleep: z.boolean().nullish(),
};

/** Body of a `validator` agent's report: of the node that a person runs on a machine of their own. */
export const validatorReport = { ...reportCore, ...nodeFacts };

/** A node of ours that the agent of a host found there. */
export const HostedNode = z.strictObject({
  name: z.string().max(120, { abort: true, error: "the name of a container" }),
  /** As its engine calls it, e.g. `running`. */
  state: words(40),
});

/** Body of a `server` agent's report: of a host that nodes are put on. */
export const serverReport = {
  ...reportCore,
  /** Processes that wanted to run, on average over a minute. */
  loadAverage: z.number().min(0).max(1_000_000).nullish(),
  uptimeSeconds: wholeNumber(MAX_UPTIME_SECONDS),
  /** How long the report before this one took from being sent to being answered. */
  lastRoundTripMs: wholeNumber(600_000).nullish(),
  /** Null where the agent could not look. */
  nodes: z.array(HostedNode).max(500).nullish(),
};
