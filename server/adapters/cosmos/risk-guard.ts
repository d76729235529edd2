import { BinaryReader, BinaryWriter } from "cosmjs-types/binary";
import { z } from "zod";
import { EXECUTION_GATES, RISK_TIERS, type RiskTier } from "@/lib/chain/risk-guard";
import type { ChainReadOptions } from "@/server/ports/chain-node";
import type { ChainRiskGuard, RiskJudgement } from "@/server/ports/risk-guard";
import { EndpointFailure } from "./chain-errors";
import type { ChainReader } from "./chain-reader";
import type { Freshness } from "./read-cache";
import { asEndpointFailure, askRpc } from "./rpc-api";
import { rpcAbciQuery } from "./rpc-schemas";

// The module has no REST gateway, so its gRPC methods are asked through ABCI, with the fields of pos/guard/v1/guard.proto by their numbers.

/** `sdk` 6 is ErrUnknownRequest: no such method, so no such module (cosmos-sdk 0.53, types/errors/errors.go). */
const UNKNOWN_REQUEST = { codespace: "sdk", code: 6 };
/** The module's own errors cross ABCI as one code, so that a proposal it holds nothing of is told by its text alone. */
const NOT_HELD = /not found/i;

/** What the guard holds of a proposal; null where the chain has no such module. */
export async function readRiskGuard(
  reader: ChainReader,
  proposalId: bigint,
  options: ChainReadOptions,
): Promise<ChainRiskGuard | null> {
  const question = { reader, proposalId, options, freshness: "block" } as const;
  const [report, queued, advisory] = await Promise.all([
    ask(question, "RiskReport", toReport),
    ask(question, "QueuedExecution", toQueued),
    ask(question, "AdvisoryLink", toAdvisory),
  ]);
  if (report === "no_module" || queued === "no_module" || advisory === "no_module") return null;
  return { report, queued, advisory };
}

/** Its judgement alone. */
export async function readRiskReport(
  reader: ChainReader,
  proposalId: bigint,
  options: ChainReadOptions,
): Promise<Pick<ChainRiskGuard, "report"> | null> {
  const report = await ask({ reader, proposalId, options, freshness: "params" }, "RiskReport", toReport);
  return report === "no_module" ? null : { report };
}

type Asked = {
  readonly reader: ChainReader;
  readonly proposalId: bigint;
  readonly options: ChainReadOptions;
  readonly freshness: Freshness;
};

/** One method's answer; null where the module holds nothing of the proposal. */
function ask<Part>(
  { reader, proposalId, options, freshness }: Asked,
  method: string,
  decode: (fields: Fields) => Part,
): Promise<Part | null | "no_module"> {
  const data = Buffer.from(new BinaryWriter().uint32(8).uint64(proposalId).finish()).toString("hex");
  const path = `abci_query?path=${encodeURIComponent(`"/pos.guard.v1.Query/${method}"`)}&data=0x${data}`;
  return reader.read<Part | null | "no_module">(
    "rpc",
    `guard/${method}/${proposalId}`,
    freshness,
    options,
    async (endpoint, limits) => {
      const { response } = await askRpc(endpoint, path, rpcAbciQuery, limits).catch((thrown: unknown) => {
        throw asEndpointFailure(thrown);
      });
      if (response.code === 0) {
        const held = fieldsOf(Buffer.from(response.value ?? "", "base64")).bytes(1);
        return { out: held && decode(fieldsOf(held)), heightBlocks: null };
      }
      if (response.code === UNKNOWN_REQUEST.code && response.codespace === UNKNOWN_REQUEST.codespace) {
        return { out: "no_module", heightBlocks: null };
      }
      if (NOT_HELD.test(response.log)) return { out: null, heightBlocks: null };
      throw new EndpointFailure("bad_answer", `Its risk guard refused the question: ${response.log.slice(0, 200)}`);
    },
  );
}

/** A message's fields by their numbers; of a number that comes twice the last counts, as protobuf has it. */
type Fields = {
  bytes(field: number): Uint8Array | null;
  text(field: number): string;
  whole(field: number): bigint;
  small(field: number): number;
};

function fieldsOf(message: Uint8Array): Fields {
  const values = new Map<number, bigint | Uint8Array>();
  const reader = new BinaryReader(message);
  try {
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      const [field, wireType] = [tag >>> 3, tag & 7];
      if (wireType === 0) values.set(field, reader.uint64());
      else if (wireType === 2) values.set(field, reader.bytes());
      else reader.skipType(wireType);
    }
  } catch (thrown) {
    throw new EndpointFailure("bad_answer", "Its risk guard's answer is no message of the module.", thrown);
  }
  const bytes = (field: number) => {
    const value = values.get(field);
    return value instanceof Uint8Array ? value : null;
  };
  const whole = (field: number) => {
    const value = values.get(field);
    return typeof value === "bigint" ? value : 0n;
  };
  return {
    bytes,
    text: (field) => Buffer.from(bytes(field) ?? []).toString("utf8"),
    whole,
    small: (field) => Number(whole(field)),
  };
}

/** Protobuf's zero is "unspecified", in both lists. */
const tierOf = (value: number): RiskTier | null => RISK_TIERS[value - 1] ?? null;

function toReport(fields: Fields): NonNullable<ChainRiskGuard["report"]> {
  const judgement = (at: readonly [tier: number, score: number, delay: number, bps: number, model: number]) =>
    ({
      tier: tierOf(fields.small(at[0])),
      score: fields.small(at[1]),
      delayBlocks: fields.whole(at[2]),
      thresholdBps: fields.small(at[3]),
      modelVersion: fields.text(at[4]),
    }) satisfies RiskJudgement;
  const model = judgement([11, 10, 12, 13, 14]);
  return {
    rules: judgement([2, 3, 4, 5, 8]),
    model: model.modelVersion === "" ? null : model,
    reasonCodes: reasonsOf(fields.text(6)),
    featuresHash: fields.text(7),
  };
}

const reasonList = z.array(z.string());
/** The codes are JSON in a text; what is no list of texts is shown as it is. */
function reasonsOf(text: string): readonly string[] {
  if (text === "") return [];
  try {
    return reasonList.parse(JSON.parse(text));
  } catch {
    return [text];
  }
}

const toQueued = (fields: Fields): NonNullable<ChainRiskGuard["queued"]> => ({
  queuedHeightBlocks: fields.whole(2),
  earliestHeightBlocks: fields.whole(3),
  gate: EXECUTION_GATES[fields.small(4) - 1] ?? null,
  gateEnteredHeightBlocks: fields.whole(5),
  tier: tierOf(fields.small(6)),
  thresholdBps: fields.small(7),
  needsSecondConfirmation: fields.whole(8) === 1n,
  isConfirmed: fields.whole(9) === 1n,
  note: fields.text(10),
});

const toAdvisory = (fields: Fields): NonNullable<ChainRiskGuard["advisory"]> => ({
  uri: fields.text(2),
  reportSha256: fields.text(3),
  reporterAddress: fields.text(4),
  heightBlocks: fields.whole(5),
});
