import { randomBytes } from "node:crypto";
import { handleApiRequest } from "@/server/http/handle-api-request";
import { PEER_HEADER } from "@/server/http/peer-address";

/** An address in a network that no other test uses, so that rate limits of one test are not another's. */
export const freshIpAddress = (): string =>
  `2001:db8:${randomBytes(2).toString("hex")}:${randomBytes(2).toString("hex")}::1`;

export type ApiAnswer = {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of every shape
  readonly body: any;
  readonly response: Response;
};

export type ApiCall = {
  readonly bearer?: string;
  readonly cookie?: string;
  readonly json?: unknown;
  readonly body?: BodyInit;
  readonly headers?: Readonly<Record<string, string>>;
  readonly ipAddress?: string;
  readonly signal?: AbortSignal;
};

/** A request as `GET /api/v1/...` of a client of this process. */
export function apiRequest(method: string, path: string, call: ApiCall = {}): Request {
  const headers = new Headers(call.headers);
  headers.set(PEER_HEADER, call.ipAddress ?? freshIpAddress());
  if (call.bearer) headers.set("authorization", `Bearer ${call.bearer}`);
  if (call.cookie) headers.set("cookie", call.cookie);
  if (call.json !== undefined) headers.set("content-type", "application/json");
  const body = call.json === undefined ? call.body : JSON.stringify(call.json);
  return new Request(`http://localhost:3000${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body, duplex: "half" }),
    ...(call.signal ? { signal: call.signal } : {}),
  } as RequestInit);
}

/** Calls REST v1 through its route handler, in this process. */
export async function callApi(method: string, path: string, call: ApiCall = {}): Promise<ApiAnswer> {
  const response = await handleApiRequest(apiRequest(method, path, call));
  const isText = /json/.test(response.headers.get("content-type") ?? "");
  return {
    status: response.status,
    headers: response.headers,
    body: isText ? await response.json() : null,
    response,
  };
}
