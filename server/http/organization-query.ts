import { ORGANIZATION_HEADER } from "@/lib/organization-header";

/** An event source of a browser can send no header, so it names the organisation in its address. */
const PARAMETER = "organization=";

/** The request with the organisation of its query as a header, where there is one; the parameter is nobody's input. */
export function withOrganizationHeader(request: Request): Request {
  const [address = "", query = ""] = request.url.split("?", 2);
  const parameters = query.split("&");
  const named = parameters.find((parameter) => parameter.startsWith(PARAMETER));
  if (named === undefined || request.method !== "GET" || request.headers.has(ORGANIZATION_HEADER)) return request;
  // The rest stays as it was written, so that what is wrong with it is still seen.
  const rest = parameters.filter((parameter) => parameter !== named).join("&");
  const headers = new Headers(request.headers);
  headers.set(ORGANIZATION_HEADER, named.slice(PARAMETER.length, PARAMETER.length + 100).replace(/[^\x21-\x7e]/g, ""));
  return new Request(rest === "" ? address : `${address}?${rest}`, { headers, signal: request.signal });
}
