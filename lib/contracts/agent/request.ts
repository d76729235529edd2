import { AGENT_PROTOCOL_VERSION } from "./version";

/** Scheme of the Authorization header of a request that an agent signed. */
export const AGENT_SCHEME = "Omniphi-Agent";

/** All that an agent's signature covers of a request. */
export type SignedAgentRequest = {
  readonly version: number;
  readonly agentId: string;
  /** Grows with every request of this agent; the last one is kept, and nothing at or below it is taken again. */
  readonly counter: number;
  /** The agent's clock, ISO 8601 in UTC. */
  readonly sentAt: string;
  /** SHA-256 of the body's bytes in lower-case hex. */
  readonly bodySha256: string;
};

/** The same with where it goes, which the header leaves out because the request says it. */
type Target = { readonly method: string; readonly path: string };

/** The bytes that are signed: one fact a line, so that no two requests have the same ones. */
export const agentRequestBytes = (request: SignedAgentRequest & Target): Uint8Array =>
  new TextEncoder().encode(
    [
      `omniphi-agent-request/${request.version}`,
      request.method,
      request.path,
      request.agentId,
      String(request.counter),
      request.sentAt,
      request.bodySha256,
    ].join("\n"),
  );

/** The header of a signed request; the signature is base64url of 64 bytes. */
export const formatAgentHeader = ({ signature, ...request }: SignedAgentRequest & { readonly signature: string }) =>
  `${AGENT_SCHEME} v=${request.version}, id=${request.agentId}, n=${request.counter}, at=${request.sentAt}, body=${request.bodySha256}, sig=${signature}`;

const HEADER =
  /^v=1, id=([a-z]{2,5}_[0-9a-f-]{36}), n=([0-9]{1,15}), at=(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z), body=([0-9a-f]{64}), sig=([A-Za-z0-9_-]{86})$/;

/** What an Authorization header of our scheme came to: a request of our version, of another one, or nothing readable. */
export type ReadAgentHeader =
  | { readonly kind: "signed"; readonly request: SignedAgentRequest & { readonly signature: string } }
  | { readonly kind: "other_version"; readonly version: string }
  | { readonly kind: "malformed" };

/** Null where the header is of another scheme. */
export function readAgentHeader(authorization: string): ReadAgentHeader | null {
  const scheme = `${AGENT_SCHEME.toLowerCase()} `;
  if (authorization.slice(0, scheme.length).toLowerCase() !== scheme) return null;
  const rest = authorization.slice(scheme.length).trim().slice(0, 500);
  const version = /^v=([0-9a-z.]{1,10})(?:,|$)/.exec(rest)?.[1];
  if (version === undefined) return { kind: "malformed" };
  if (version !== String(AGENT_PROTOCOL_VERSION)) return { kind: "other_version", version };
  const [, agentId, counter, sentAt, bodySha256, signature] = HEADER.exec(rest) ?? [];
  if (!agentId || !counter || !sentAt || !bodySha256 || !signature) return { kind: "malformed" };
  return {
    kind: "signed",
    request: { version: AGENT_PROTOCOL_VERSION, agentId, counter: Number(counter), sentAt, bodySha256, signature },
  };
}
