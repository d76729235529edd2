import { z } from "zod";
import { wireBigint, wireEd25519Base64, wireHex, wireInstant, wireNumber } from "./wire-values";

// CometBFT 0.38 RPC (rpc/openapi/openapi.yaml): the `result` of each method, only what is used.

/** A JSON-RPC answer: either a result or an error with its numeric code. */
export const rpcEnvelope = z.union([
  z.object({ error: z.object({ code: z.number(), message: z.string(), data: z.string().optional() }) }),
  z.object({ result: z.unknown() }),
]);

export const rpcStatus = z.object({
  node_info: z.object({ id: z.string(), network: z.string().min(1), moniker: z.string(), version: z.string() }),
  sync_info: z.object({
    latest_block_hash: wireHex,
    latest_block_height: wireBigint,
    latest_block_time: wireInstant,
    earliest_block_height: wireBigint,
    catching_up: z.boolean(),
  }),
  validator_info: z.object({ pub_key: z.object({ value: wireEd25519Base64 }) }),
});

export const rpcAbciQuery = z.object({
  response: z.object({
    code: z.number().int(),
    codespace: z.string().default(""),
    log: z.string().default(""),
    value: z.string().nullish(),
  }),
});

export const rpcNetInfo = z.object({
  n_peers: wireNumber,
  peers: z.array(z.object({ node_info: z.object({ id: z.string(), moniker: z.string() }), remote_ip: z.string() })),
});

const rpcSignature = z.object({
  block_id_flag: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  validator_address: wireHex,
  timestamp: wireInstant,
});

const rpcCommitBody = z.object({
  height: wireBigint,
  round: z.number().int(),
  block_id: z.object({ hash: wireHex }),
  signatures: z.array(rpcSignature).nullable(),
});

export const rpcBlock = z.object({
  block_id: z.object({ hash: wireHex }),
  block: z.object({
    header: z.object({
      chain_id: z.string(),
      height: wireBigint,
      time: wireInstant,
      validators_hash: wireHex,
      next_validators_hash: wireHex,
      app_hash: wireHex,
      proposer_address: wireHex,
    }),
    data: z.object({ txs: z.array(z.string()).nullable() }),
    last_commit: rpcCommitBody,
  }),
});

const rpcTxResult = z.object({
  code: z.number().int().default(0),
  codespace: z.string().default(""),
  log: z.string().default(""),
});
/** The same answer as `rpcBlockResults`, as far as its transactions go. */
export const rpcTxResults = z.object({ height: wireBigint, txs_results: z.array(rpcTxResult).nullish() });

export const rpcCommit = z.object({
  signed_header: z.object({ header: z.object({ chain_id: z.string() }), commit: rpcCommitBody }),
  canonical: z.boolean(),
});

export const rpcValidators = z.object({
  block_height: wireBigint,
  total: wireNumber,
  validators: z.array(
    z.object({ address: wireHex, pub_key: z.object({ value: wireEd25519Base64 }), voting_power: wireBigint }),
  ),
});

const rpcEvents = z
  .array(
    z.object({ type: z.string(), attributes: z.array(z.object({ key: z.string(), value: z.string().nullish() })) }),
  )
  .nullish();
/** Events of a block beside those of its transactions; before CometBFT 0.38 those of its begin. */
export const rpcBlockResults = z.object({
  height: wireBigint,
  finalize_block_events: rpcEvents,
  begin_block_events: rpcEvents,
});

/** The part of a NewBlockHeader event that is read from the subscription. */
export const rpcNewHeader = z.object({
  data: z.object({ value: z.object({ header: z.object({ chain_id: z.string(), height: wireBigint }) }) }),
});

export type RpcStatus = z.infer<typeof rpcStatus>;
export type RpcBlock = z.infer<typeof rpcBlock>;
export type RpcCommitBody = z.infer<typeof rpcCommitBody>;
