import { ORGANIZATION_HEADER } from "@/lib/organization-header";
import { QUERY_HEADER } from "./incoming";

/** An event source of a browser can send no header, so it names the organisation in its address. */
const PARAMETER = "organization=";

/**
 * The request with the organisation of its query as a header, where there is one; the parameter is nobody's input. The query is taken as the client
 * wrote it, and the rest of it stays so, that what is wrong with it is still seen.
 */
export function withOrganizationHeader(request: Request): Request {
  const url = new URL(request.url);
  const query = (request.headers.get(QUERY_HEADER) ?? url.search).replace(/^\?/, "");
  const parameters = query.split("&");
  const named = parameters.find((parameter) => parameter.startsWith(PARAMETER));
  if (named === undefined || request.method !== "GET" || request.headers.has(ORGANIZATION_HEADER)) return request;
  const rest = parameters.filter((parameter) => parameter !== named).join("&");
  const search = rest === "" ? "" : `?${rest}`;
  const headers = new Headers(request.headers);
  headers.set(ORGANIZATION_HEADER, named.slice(PARAMETER.length, PARAMETER.length + 100).replace(/[^\x21-\x7e]/g, ""));
  headers.set(QUERY_HEADER, search);
  return new Request(`${request.url.split("?", 1)[0]}${search}`, { headers, signal: request.signal });
}
