import type { z } from "zod";
import { EndpointFailure } from "./chain-errors";
import type { Endpoint } from "./endpoint-health";
import type { EndpointCall } from "./endpoint-pool";
import { fetchJson } from "./fetch-json";
import { rpcEnvelope, rpcStatus } from "./rpc-schemas";

type Limits = Parameters<EndpointCall<unknown>>[1];

/** An error that a CometBFT method itself returned; whether it means "not there" is the caller's to find out, never from its text. */
export class RpcMethodError extends Error {
  readonly rpcCode: number;

  constructor(rpcCode: number, message: string) {
    super(message);
    this.name = "RpcMethodError";
    this.rpcCode = rpcCode;
  }
}

/** Asks one CometBFT method of one endpoint. @throws EndpointFailure, RpcMethodError */
export async function askRpc<Schema extends z.ZodType>(
  endpoint: Endpoint,
  path: string,
  schema: Schema,
  limits: Limits,
): Promise<z.output<Schema>> {
  return (await askRpcDated(endpoint, path, schema, limits)).result;
}

/** The same with what the endpoint's clock showed when it answered. */
export async function askRpcDated<Schema extends z.ZodType>(
  endpoint: Endpoint,
  path: string,
  schema: Schema,
  limits: Limits,
): Promise<{ readonly result: z.output<Schema>; readonly clockAt: string | null }> {
  const { json, status, clockAt } = await fetchJson(`${endpoint.url}/${path}`, { ...limits, reach: endpoint.reach });
  const envelope = rpcEnvelope.safeParse(json);
  if (!envelope.success) {
    if (status >= 500) throw new EndpointFailure("unreachable", `It answered with status ${status}.`);
    throw new EndpointFailure("bad_answer", "The answer is not a JSON-RPC answer.");
  }
  if ("error" in envelope.data) {
    const { code, message, data } = envelope.data.error;
    throw new RpcMethodError(code, data ?? message);
  }
  const result = schema.safeParse(envelope.data.result);
  if (!result.success)
    throw new EndpointFailure(
      "bad_answer",
      `The answer to /${path.split("?")[0]} has an unexpected form.`,
      result.error,
    );
  return { result: result.data, clockAt };
}

/** Chain id of an RPC endpoint; its height is noted on the way. */
export async function askRpcChainId(endpoint: Endpoint, limits: Limits): Promise<string> {
  try {
    const { node_info, sync_info } = await askRpc(endpoint, "status", rpcStatus, limits);
    if (sync_info.latest_block_height > 0n) endpoint.sawHeight(sync_info.latest_block_height);
    return node_info.network;
  } catch (thrown) {
    throw thrown instanceof RpcMethodError ? new EndpointFailure("unreachable", "Its /status fails.", thrown) : thrown;
  }
}

/** An RPC error that has no better meaning: a failure of this endpoint, so that the next is asked. */
export function asEndpointFailure(thrown: unknown): unknown {
  if (!(thrown instanceof RpcMethodError)) return thrown;
  return new EndpointFailure("unreachable", `It refused the question with code ${thrown.rpcCode}.`, thrown);
}
