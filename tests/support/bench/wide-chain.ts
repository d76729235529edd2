import { createHash, randomBytes } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import { WebSocketServer } from "ws";
import { formatBech32Address } from "@/lib/chain/bech32-address";
import { wireValidator } from "../fakes/wire-validator";

/** A validator of the chain, as its own pages and a request for it name it. */
export type WideValidator = {
  readonly operatorAddress: string;
  readonly walletAddress: string;
  readonly consensusAddress: string;
  readonly pubkey: string;
  readonly hex: string;
};

export type WideChain = {
  readonly url: string;
  readonly validators: readonly WideValidator[];
  /** Makes one block and tells subscribers of it; answers its height. */
  tick(): number;
  close(): Promise<void>;
};

const FIRST_HEIGHT = 1_000;
const SIGNATURE = randomBytes(64).toString("base64");
const PAGE = 100;

const hexOf = (text: string): string => createHash("sha256").update(text).digest("hex").toUpperCase();

function makeValidator(place: number): WideValidator {
  const key = createHash("sha256").update(`wide ${place}`).digest();
  const address = new Uint8Array(createHash("sha256").update(key).digest().subarray(0, 20));
  return {
    operatorAddress: formatBech32Address("omnivaloper", address),
    walletAddress: formatBech32Address("omni", address),
    consensusAddress: formatBech32Address("omnivalcons", address),
    pubkey: key.toString("base64"),
    hex: Buffer.from(address).toString("hex").toUpperCase(),
  };
}

const toStaking = ({ operatorAddress, pubkey }: WideValidator, place: number) =>
  wireValidator({
    operatorAddress,
    pubkey,
    moniker: `Validator ${place}`,
    tokens: String(900_000_000 - place),
    details: "A validator.",
    commissionSetAt: "2026-01-01T00:00:00Z",
  });

/**
 * A chain of so many validators that speaks CometBFT's RPC with its subscription, and the SDK's REST, in the size that such a chain's answers
 * have: every block carries a signature of everybody. It makes a block when it is told to.
 */
export async function startWideChain(chainId: string, size: number): Promise<WideChain> {
  const validators = Array.from({ length: size }, (_, place) => makeValidator(place));
  const staking = validators.map(toStaking);
  const times = new Map<number, string>();
  let tip = FIRST_HEIGHT;
  times.set(tip, new Date().toISOString());
  const blockHash = (height: number) => hexOf(`${chainId} ${height}`);
  const setHash = hexOf(`${chainId} set`);
  const header = (height: number) => ({
    chain_id: chainId,
    height: String(height),
    time: times.get(height) ?? "2026-01-01T00:00:00Z",
    validators_hash: setHash,
    next_validators_hash: setHash,
    app_hash: hexOf("app"),
    proposer_address: validators[height % size]?.hex,
  });
  const block = (height: number) => ({
    block_id: { hash: blockHash(height) },
    block: {
      header: header(height),
      data: { txs: [] },
      last_commit: {
        height: String(height - 1),
        round: 0,
        block_id: { hash: blockHash(height - 1) },
        signatures: validators.map(({ hex }) => ({
          block_id_flag: 2,
          validator_address: hex,
          timestamp: header(height).time,
          signature: SIGNATURE,
        })),
      },
    },
  });
  const status = () => ({
    node_info: { id: "ab".repeat(20), network: chainId, moniker: "wide", version: "0.38.17" },
    sync_info: {
      latest_block_hash: blockHash(tip),
      latest_block_height: String(tip),
      latest_block_time: header(tip).time,
      earliest_block_height: String(FIRST_HEIGHT),
      catching_up: false,
    },
    validator_info: { pub_key: { type: "tendermint/PubKeyEd25519", value: validators[0]?.pubkey } },
  });
  const consensusPage = (height: number, page: number) => {
    const shown = validators.slice((page - 1) * PAGE, page * PAGE);
    return {
      block_height: String(height),
      total: String(size),
      count: String(shown.length),
      validators: shown.map(({ hex, pubkey }) => ({
        address: hex,
        pub_key: { type: "tendermint/PubKeyEd25519", value: pubkey },
        voting_power: "100",
      })),
    };
  };
  const REST: Readonly<Record<string, () => unknown>> = {
    "/cosmos/base/tendermint/v1beta1/node_info": () => ({ default_node_info: { network: chainId } }),
    "/cosmos/staking/v1beta1/validators": () => ({ validators: staking, pagination: { next_key: null } }),
    "/cosmos/staking/v1beta1/params": () => ({
      params: {
        unbonding_time: "1814400s",
        max_validators: size,
        max_entries: 7,
        historical_entries: 10_000,
        bond_denom: "omniphi",
        min_commission_rate: "0.050000000000000000",
      },
    }),
    "/cosmos/slashing/v1beta1/params": () => ({
      params: {
        signed_blocks_window: "10000",
        min_signed_per_window: "0.500000000000000000",
        downtime_jail_duration: "600s",
        slash_fraction_double_sign: "0.050000000000000000",
        slash_fraction_downtime: "0.010000000000000000",
      },
    }),
    "/cosmos/slashing/v1beta1/signing_infos": () => ({
      info: validators.map(({ consensusAddress }) => ({
        address: consensusAddress,
        start_height: "0",
        index_offset: String(tip),
        jailed_until: "1970-01-01T00:00:00Z",
        tombstoned: false,
        missed_blocks_counter: "0",
      })),
      pagination: { next_key: null },
    }),
    "/cosmos/upgrade/v1beta1/current_plan": () => ({ plan: null }),
    "/cosmos/staking/v1beta1/pool": () => ({ pool: { bonded_tokens: "135000000000", not_bonded_tokens: "0" } }),
  };
  const send = (response: ServerResponse, code: number, body: unknown) => {
    response.writeHead(code, {
      "content-type": "application/json",
      "grpc-metadata-x-cosmos-block-height": String(tip),
    });
    response.end(JSON.stringify(body));
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://wide");
    const rpc = (result: unknown) => send(response, 200, { jsonrpc: "2.0", id: -1, result });
    const height = Number(searchParams.get("height") ?? tip);
    if (pathname === "/status") return rpc(status());
    if (pathname === "/block") return rpc(block(height));
    if (pathname === "/validators") return rpc(consensusPage(height, Number(searchParams.get("page") ?? 1)));
    if (pathname === "/block_results")
      return rpc({ height: String(height), txs_results: null, finalize_block_events: [] });
    const rest = REST[pathname];
    return rest
      ? send(response, 200, rest())
      : send(response, 501, { code: 12, message: "Not Implemented", details: [] });
  });
  const subscribers = new WebSocketServer({ server, path: "/websocket" });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return {
    url: `http://127.0.0.1:${address.port}`,
    validators,
    tick: () => {
      tip += 1;
      times.set(tip, new Date().toISOString());
      const value = { header: header(tip) };
      const text = JSON.stringify({
        jsonrpc: "2.0",
        id: 1,
        result: { data: { type: "tendermint/event/NewBlockHeader", value } },
      });
      for (const socket of subscribers.clients) socket.send(text);
      return tip;
    },
    close: async () => {
      for (const socket of subscribers.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
