import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { toBase64 } from "@cosmjs/encoding";
import { formatBech32Address } from "@/lib/chain/bech32-address";
import { wireValidator } from "./wire-validator";

/** What a wire chain answers; changed by tests while it runs. */
export type WireChainState = {
  chainId: string;
  heightBlocks: bigint;
  earliestHeightBlocks: bigint;
  validatorCount: number;
  minCommissionRate: string;
  /** Blocks carry this in their hashes, so that two chains can tell different stories. */
  history: string;
  delayMs: number;
  /** What to do instead of answering. */
  mischief:
    | "none"
    | "html"
    | "wrong_shape"
    | "error_500"
    | "too_many_requests"
    | "hang_up"
    | "endless_pages"
    | "hang_up_after_post"
    | "bad_gateway_after_post";
  broadcast: { code: number; codespace: string; rawLog?: string };
  /** Why the application refuses whatever is tried out, in the gateway's own words. */
  simulationError: { code: number; message: string } | null;
  /** Signed bytes in base64 by the block that has them. */
  txs: Record<string, readonly string[]>;
  /** What every transaction in a block came to. */
  result: { code: number; codespace: string; log: string };
  /** Whether the node answers for hashes, and whether it keeps what its blocks came to. */
  hasIndex: boolean;
  keepsResults: boolean;
  /** Next sequence of every account. */
  sequence: number;
  /** Operators that staking shows, with their keys. */
  operators: Record<string, string>;
  /** Time of a block; an ordinary day of the past when not said. */
  blockAt: string;
  /** Bytes that were handed over, in base64. */
  handedOver: string[];
  /** Answers of modules that this chain has besides, by path. */
  modules: Readonly<Record<string, unknown>>;
  /** What `abci_query` answers, by method; one that is not here is unknown to the chain, as a module is that it has not. */
  abciMethods: Readonly<Record<string, { code: number; codespace?: string; log?: string; value?: Uint8Array }>>;
};

/** A server that speaks CometBFT's RPC and the SDK's REST as they are on the wire, about a chain that only exists in its state. */
export type WireChain = {
  readonly url: string;
  readonly state: WireChainState;
  readonly requests: string[];
  close(): Promise<void>;
};

/** Starts one on a free port. */
export async function startWireChain(change: Partial<WireChainState> = {}): Promise<WireChain> {
  const state: WireChainState = {
    chainId: "wire-1",
    heightBlocks: 100n,
    earliestHeightBlocks: 1n,
    validatorCount: 3,
    minCommissionRate: "0.050000000000000000",
    history: "AA",
    delayMs: 0,
    mischief: "none",
    broadcast: { code: 0, codespace: "" },
    simulationError: null,
    modules: {},
    abciMethods: {},
    txs: {},
    result: { code: 0, codespace: "", log: "" },
    hasIndex: false,
    keepsResults: true,
    sequence: 0,
    operators: {},
    blockAt: TIME,
    handedOver: [],
    ...change,
  };
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(state, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return {
    url: `http://127.0.0.1:${address.port}`,
    state,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Raw key of the validator of that number. */
export const wireValidatorKey = (index: number): string => {
  const bytes = new Uint8Array(32);
  new DataView(bytes.buffer).setUint32(28, index + 1);
  return toBase64(bytes);
};

async function answer(state: WireChainState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://wire");
  if (state.delayMs > 0) await delay(state.delayMs);
  const send = (status: number, body: unknown, headers: Record<string, string> = {}) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
  // Who one is gets told even by the mischievous, or no mischief would ever be reached.
  const isIdentity = url.pathname === "/status" || url.pathname.endsWith("/node_info");
  if (!isIdentity) {
    if (state.mischief === "html") return send(502, "<html>bad gateway</html>");
    if (state.mischief === "wrong_shape")
      return send(200, { jsonrpc: "2.0", id: -1, result: { block: 7 }, params: {}, validators: [{}] });
    if (state.mischief === "error_500") return send(500, { code: 13, message: "internal", details: [] });
    if (state.mischief === "too_many_requests") return send(429, {});
    if (state.mischief === "hang_up") return void request.socket.destroy();
    if (state.mischief === "bad_gateway_after_post" && request.method === "POST")
      return send(502, "<html>bad gateway</html>");
    if (state.mischief === "hang_up_after_post" && request.method === "POST") return void request.socket.destroy();
  }
  const rest = (body: unknown) =>
    send(200, body, { "grpc-metadata-x-cosmos-block-height": heightOf(state, request).toString() });
  const asked = heightOf(state, request);
  if (asked > state.heightBlocks)
    return send(400, { code: 3, message: "cannot query with height in the future", details: [] });
  const ofModule = state.modules[url.pathname];
  if (ofModule !== undefined) return rest(ofModule);
  if (url.pathname.startsWith("/cosmos/tx/v1beta1/txs/")) {
    // The SDK's own words for a node with `indexer = "null"`, and for a hash that its index does not have.
    if (!state.hasIndex) return send(500, { code: 2, message: "transaction indexing is disabled", details: [] });
    return send(404, { code: 5, message: "tx not found", details: [] });
  }
  if (url.pathname.startsWith("/cosmos/auth/v1beta1/account_info/")) {
    const address = url.pathname.split("/").at(-1);
    return rest({ info: { address, pub_key: null, account_number: "1", sequence: String(state.sequence) } });
  }
  if (url.pathname.startsWith("/cosmos/staking/v1beta1/validators/")) {
    const operator = url.pathname.split("/").at(-1) ?? "";
    const key = state.operators[operator];
    if (key === undefined) return send(404, { code: 5, message: "no such validator", details: [] });
    const validator = { ...validatorOf(0), operator_address: operator };
    return rest({ validator: { ...validator, consensus_pubkey: { ...validator.consensus_pubkey, key } } });
  }
  switch (url.pathname) {
    case "/block_results": {
      const height = url.searchParams.get("height") ?? "0";
      if (!state.keepsResults) {
        const error = { code: -32603, message: "Internal error", data: `could not find results for height #${height}` };
        return send(500, { jsonrpc: "2.0", id: -1, error });
      }
      return send(200, rpc({ height, txs_results: (state.txs[height] ?? []).map(() => state.result) }));
    }
    case "/status":
      return send(200, rpc(statusOf(state)));
    case "/abci_query": {
      const method = (url.searchParams.get("path") ?? "").replaceAll('"', "");
      const { value, ...rest } = state.abciMethods[method] ?? { code: 6, codespace: "sdk", log: "unknown query path" };
      return send(200, rpc({ response: { ...rest, value: value ? Buffer.from(value).toString("base64") : null } }));
    }
    case "/block":
    case "/commit":
    case "/validators": {
      const height = BigInt(url.searchParams.get("height") ?? state.heightBlocks);
      if (height > state.heightBlocks || height < state.earliestHeightBlocks) {
        const error = { code: -32603, message: "Internal error", data: "height is not available" };
        return send(500, { jsonrpc: "2.0", id: -1, error });
      }
      if (url.pathname === "/validators") return send(200, rpc(consensusSetOf(state, height, url)));
      return send(200, rpc(url.pathname === "/block" ? blockOf(state, height) : commitOf(state, height)));
    }
    case "/cosmos/base/tendermint/v1beta1/node_info":
      return rest({ default_node_info: { network: state.chainId } });
    case "/cosmos/staking/v1beta1/validators":
      return rest(validatorPageOf(state, url));
    case "/cosmos/staking/v1beta1/params":
      return rest({
        params: {
          unbonding_time: "1814400s",
          max_validators: 125,
          max_entries: 7,
          historical_entries: 10_000,
          bond_denom: "omniphi",
          min_commission_rate: state.minCommissionRate,
        },
      });
    case "/cosmos/tx/v1beta1/simulate":
      if (state.simulationError !== null) return send(500, { ...state.simulationError, details: [] });
      return rest({ gas_info: { gas_wanted: "0", gas_used: "80000" }, result: {} });
    case "/cosmos/tx/v1beta1/txs":
      state.handedOver.push(JSON.parse(await bodyOf(request)).tx_bytes);
      return rest({
        tx_response: {
          txhash: "AB".repeat(32),
          height: "0",
          code: state.broadcast.code,
          codespace: state.broadcast.codespace,
          raw_log: state.broadcast.rawLog ?? "as told",
          gas_wanted: "0",
          gas_used: "0",
          timestamp: "",
        },
      });
    default:
      return send(501, { code: 12, message: "Not Implemented", details: [] });
  }
}

const rpc = (result: unknown) => ({ jsonrpc: "2.0", id: -1, result });
const hash = (state: WireChainState, height: bigint): string =>
  `${state.history}${height.toString(16).toUpperCase()}`.padStart(64, "0");
async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
const TIME = "2026-01-01T00:00:00.123456789Z";
const heightOf = (state: WireChainState, request: IncomingMessage): bigint => {
  const asked = request.headers["x-cosmos-block-height"];
  return typeof asked === "string" ? BigInt(asked) : state.heightBlocks;
};

const statusOf = (state: WireChainState) => ({
  node_info: { id: "ab".repeat(20), network: state.chainId, moniker: "wire", version: "0.38.17" },
  sync_info: {
    latest_block_hash: hash(state, state.heightBlocks),
    latest_block_height: state.heightBlocks.toString(),
    latest_block_time: state.blockAt,
    earliest_block_height: state.earliestHeightBlocks.toString(),
    catching_up: false,
  },
  validator_info: { pub_key: { type: "tendermint/PubKeyEd25519", value: wireValidatorKey(0) } },
});

const WIRE_ADDRESS = "AA".repeat(20);
const commitBody = (state: WireChainState, height: bigint) => ({
  height: height.toString(),
  round: 0,
  block_id: { hash: height === 0n ? "" : hash(state, height) },
  signatures:
    height === 0n ? [] : [{ block_id_flag: 2, validator_address: WIRE_ADDRESS, timestamp: TIME, signature: "" }],
});
const header = (state: WireChainState, height: bigint) => ({
  chain_id: state.chainId,
  height: height.toString(),
  time: state.blockAt,
  validators_hash: "5E7A".padStart(64, "0"),
  next_validators_hash: "5E7A".padStart(64, "0"),
  app_hash: "",
  proposer_address: WIRE_ADDRESS,
});
const blockOf = (state: WireChainState, height: bigint) => ({
  block_id: { hash: hash(state, height) },
  block: {
    header: header(state, height),
    data: { txs: state.txs[height.toString()] ?? [] },
    last_commit: commitBody(state, height - 1n),
  },
});
const commitOf = (state: WireChainState, height: bigint) => ({
  signed_header: { header: header(state, height), commit: commitBody(state, height) },
  canonical: true,
});
const consensusSetOf = (_state: WireChainState, height: bigint, _url: URL) => ({
  block_height: height.toString(),
  total: "1",
  count: "1",
  validators: [
    {
      address: WIRE_ADDRESS,
      pub_key: { type: "tendermint/PubKeyEd25519", value: wireValidatorKey(0) },
      voting_power: "10",
    },
  ],
});

/** Pages of at most 50, whatever was asked for, as public endpoints cap them. */
function validatorPageOf(state: WireChainState, url: URL) {
  const start = Number(atob(url.searchParams.get("pagination.key") ?? "") || "0");
  const end = Math.min(start + 50, state.validatorCount);
  const next = state.mischief === "endless_pages" ? 0 : end < state.validatorCount ? end : null;
  return {
    validators: Array.from({ length: end - start }, (_, index) => validatorOf(start + index)),
    pagination: { next_key: next === null ? null : btoa(String(next)), total: "0" },
  };
}

function validatorOf(index: number) {
  const operator = new Uint8Array(20);
  new DataView(operator.buffer).setUint32(16, index + 1);
  return wireValidator({
    operatorAddress: formatBech32Address("omnivaloper", operator),
    pubkey: wireValidatorKey(index),
    moniker: `v${index}`,
    tokens: "1000000",
    commissionSetAt: TIME,
  });
}
