import type { z } from "zod";
import type {
  ChainBlock,
  ChainCommitSignatures,
  ChainConsensusValidator,
  ChainNetInfo,
  ChainReadOptions,
  ChainSlash,
  ChainStatus,
  ChainTxResult,
} from "@/server/ports/chain-node";
import { BlockNotHeld, EndpointFailure, NotKept } from "./chain-errors";
import type { ChainReader } from "./chain-reader";
import type { Endpoint } from "./endpoint-health";
import type { EndpointCall } from "./endpoint-pool";
import { asEndpointFailure, askRpc, askRpcDated, RpcMethodError } from "./rpc-api";
import {
  rpcBlock,
  rpcBlockResults,
  rpcCommit,
  rpcNetInfo,
  rpcStatus,
  rpcTxResults,
  rpcValidators,
} from "./rpc-schemas";
import { slashesOf } from "./slash-events";
import { toBlock, toCommit, toStatus } from "./transform";

type Limits = Parameters<EndpointCall<unknown>>[1];
/** CometBFT's greatest page of `/validators` (0.38, rpc/core/env.go `maxPerPage`). */
const VALIDATORS_PER_PAGE = 100;
/** 100 pages of 100: far above any CometBFT validator set. */
const MAX_VALIDATOR_PAGES = 100;

const ask = async <Schema extends z.ZodType>(endpoint: Endpoint, path: string, schema: Schema, limits: Limits) => {
  try {
    return await askRpc(endpoint, path, schema, limits);
  } catch (thrown) {
    throw asEndpointFailure(thrown);
  }
};

/** `/status`; with `twoSources` another endpoint must know the same newest block by its hash. */
export async function readStatus(reader: ChainReader, options: ChainReadOptions): Promise<ChainStatus> {
  const { twoSources, ...rest } = options;
  const status = await reader.read("rpc", "status", "block", rest, async (endpoint, limits) => {
    const { result, clockAt } = await askRpcDated(endpoint, "status", rpcStatus, limits).catch((thrown: unknown) => {
      throw asEndpointFailure(thrown);
    });
    const out = toStatus(result, clockAt);
    return { out, heightBlocks: out.latestHeightBlocks };
  });
  if (twoSources === true) await readBlock(reader, status.latestHeightBlocks, { ...rest, twoSources });
  return status;
}

/** `/net_info` of the answering node. */
export function readNetInfo(reader: ChainReader, options: ChainReadOptions): Promise<ChainNetInfo> {
  return reader.read("rpc", "net_info", "block", options, async (endpoint, limits) => {
    const wire = await ask(endpoint, "net_info", rpcNetInfo, limits);
    const peers = wire.peers.map((peer) => ({
      nodeId: peer.node_info.id,
      moniker: peer.node_info.moniker,
      remoteIp: peer.remote_ip,
    }));
    return { out: { peerCount: wire.n_peers, peers }, heightBlocks: null };
  });
}

/** `/block`; one that was asked for by height must be that one, of this chain. */
export function readBlock(
  reader: ChainReader,
  heightBlocks: bigint | undefined,
  options: ChainReadOptions,
): Promise<ChainBlock> {
  const freshness = heightBlocks === undefined ? "block" : "final";
  return reader.read(
    "rpc",
    `block/${heightBlocks ?? "latest"}`,
    freshness,
    options,
    async (endpoint, limits, pinned) => {
      const wanted = heightBlocks ?? pinned;
      const path = wanted === undefined ? "block" : `block?height=${wanted}`;
      const out = toBlock(await askAtHeight(endpoint, path, rpcBlock, wanted, limits));
      if (out.chainId !== reader.network.chainId || (wanted !== undefined && out.heightBlocks !== wanted)) {
        throw new EndpointFailure("bad_answer", "It answered with a block that was not asked for.");
      }
      return { out, heightBlocks: out.heightBlocks };
    },
  );
}

/** `/block_results` of one height; a node may discard them while it keeps the block (`storage.discard_abci_responses`). */
export function readBlockResults(
  reader: ChainReader,
  heightBlocks: bigint,
  options: ChainReadOptions,
): Promise<readonly ChainTxResult[]> {
  return reader.read("rpc", `tx_results/${heightBlocks}`, "final", options, async (endpoint, limits) => {
    try {
      const wire = await askRpc(endpoint, `block_results?height=${heightBlocks}`, rpcTxResults, limits);
      if (wire.height !== heightBlocks) {
        throw new EndpointFailure("bad_answer", "It answered with results that were not asked for.");
      }
      return { out: wire.txs_results ?? [], heightBlocks: null };
    } catch (thrown) {
      throw thrown instanceof RpcMethodError ? new NotKept("results") : thrown;
    }
  });
}

/** `/commit` of one height. */
export function readCommit(
  reader: ChainReader,
  heightBlocks: bigint,
  options: ChainReadOptions,
): Promise<ChainCommitSignatures> {
  return reader.read("rpc", `commit/${heightBlocks}`, "block", options, async (endpoint, limits) => {
    const wire = await askAtHeight(endpoint, `commit?height=${heightBlocks}`, rpcCommit, heightBlocks, limits);
    const { header, commit } = wire.signed_header;
    if (header.chain_id !== reader.network.chainId || commit.height !== heightBlocks) {
      throw new EndpointFailure("bad_answer", "It answered with a commit that was not asked for.");
    }
    return { out: toCommit(commit, wire.canonical), heightBlocks: null };
  });
}

/** Penalties in the `/block_results` of one height. */
export function readSlashes(
  reader: ChainReader,
  heightBlocks: bigint,
  options: ChainReadOptions,
): Promise<readonly ChainSlash[]> {
  return reader.read("rpc", `block_results/${heightBlocks}`, "final", options, async (endpoint, limits) => {
    const path = `block_results?height=${heightBlocks}`;
    const wire = await askAtHeight(endpoint, path, rpcBlockResults, heightBlocks, limits);
    if (wire.height !== heightBlocks) {
      throw new EndpointFailure("bad_answer", "It answered with the results of a block that was not asked for.");
    }
    const events = [...(wire.begin_block_events ?? []), ...(wire.finalize_block_events ?? [])];
    return { out: slashesOf(events), heightBlocks: null };
  });
}

/** `/validators` of one height, page after page from one endpoint. */
export function readConsensusValidators(
  reader: ChainReader,
  heightBlocks: bigint,
  options: ChainReadOptions,
): Promise<readonly ChainConsensusValidator[]> {
  return reader.read("rpc", `validators/${heightBlocks}`, "final", options, async (endpoint, limits) => {
    const out: ChainConsensusValidator[] = [];
    for (let page = 1; page <= MAX_VALIDATOR_PAGES; page += 1) {
      const path = `validators?height=${heightBlocks}&page=${page}&per_page=${VALIDATORS_PER_PAGE}`;
      const wire = await askAtHeight(endpoint, path, rpcValidators, heightBlocks, limits);
      out.push(
        ...wire.validators.map((validator) => ({
          consensusAddressHex: validator.address,
          consensusPubkeyBase64: validator.pub_key.value,
          votingPower: validator.voting_power,
        })),
      );
      if (wire.block_height !== heightBlocks || wire.validators.length === 0) break;
      if (out.length >= wire.total) return { out, heightBlocks: null };
    }
    throw new EndpointFailure("bad_answer", "Its pages of validators do not add up.");
  });
}

/** A refusal of a height is "not there" when the endpoint's own range says so, and a failure of the endpoint otherwise. */
async function askAtHeight<Schema extends z.ZodType>(
  endpoint: Endpoint,
  path: string,
  schema: Schema,
  heightBlocks: bigint | undefined,
  limits: Limits,
): Promise<z.output<Schema>> {
  try {
    return await askRpc(endpoint, path, schema, limits);
  } catch (thrown) {
    if (!(thrown instanceof RpcMethodError) || heightBlocks === undefined) throw asEndpointFailure(thrown);
    const { sync_info } = await ask(endpoint, "status", rpcStatus, limits);
    const { latest_block_height: latest, earliest_block_height: earliest } = sync_info;
    if (heightBlocks <= latest && heightBlocks >= earliest) throw asEndpointFailure(thrown);
    throw new BlockNotHeld(heightBlocks, { earliest, latest });
  }
}
