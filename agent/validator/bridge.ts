import { randomBytes, randomInt, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { BRIDGE_PORTS, BRIDGE_SERVICE, FIRST_BRIDGE_PORT } from "@/lib/contracts/agent/bridge";

const LOOPBACK = "127.0.0.1";
const MAX_BODY_BYTES = 4_096;
/** Wrong codes until a new one is made, and how long a code is good. */
const CODE_TRIES = 5;
const CODE_TTL_MS = 5 * 60_000;
/** No code is looked at for so long after a wrong one; each further wrong one doubles it, whatever code was shown meanwhile. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15 * 60_000;
const MAX_LOG_LINES = 1_000;

/** What the bridge can tell and do; every answer of it is made from these. */
export type BridgeSource = {
  readonly version: string;
  readonly machineId: string;
  /** Origin of the console, exactly; pages of no other one are answered. */
  readonly portalOrigin: string;
  readonly consensusPubkey: () => Promise<string>;
  readonly status: () => Promise<Readonly<Record<string, unknown>>>;
  readonly logs: (lines: number) => readonly string[];
  /** Whether this machine is known to a console already: another enrolment would take it from there. */
  readonly isEnrolled: () => boolean;
  /** Uses a token of the console. @throws when it is refused */
  readonly enrol: (token: string) => Promise<void>;
  /** Shows the code to whoever sits at the machine: typing it into the console is their consent. */
  readonly showCode: (code: string) => void;
};

export type Bridge = { readonly port: number; readonly close: () => Promise<void> };

type Answer = {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;
};
const refusal = (status: number, error: string): Answer => ({ status, body: { success: false, error } });

/** A body is text or it is none: what is no UTF-8 is refused, not rewritten. */
const utf8 = new TextDecoder("utf-8", { fatal: true });

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(utf8.decode(Buffer.concat(chunks)));
  } catch {
    return null;
  }
}

const PairBody = z.strictObject({ code: z.string().regex(/^\d{6}$/) });
const EnrolBody = z.strictObject({ token: z.string().min(1).max(200) });
const isSame = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

type Taken = { readonly token: string } | { readonly waitMs: number } | "wrong";

/** The code that is shown at the machine, and the tokens that were given for it. */
function createPairing(showCode: (code: string) => void, nowMs: () => number) {
  let current: { code: string; triesLeft: number; expiresAtMs: number } | null = null;
  let wrongInRow = 0;
  let closedUntilMs = 0;
  const tokens: string[] = [];
  const fresh = () => {
    current = {
      code: String(randomInt(1_000_000)).padStart(6, "0"),
      triesLeft: CODE_TRIES,
      expiresAtMs: nowMs() + CODE_TTL_MS,
    };
    showCode(current.code);
    return current;
  };
  return {
    /** Shows a code when none is good. */
    offer: () => {
      if (current === null || current.expiresAtMs < nowMs()) fresh();
    },
    /** A token for the code, which is good once; how long nothing is looked at after wrong ones. */
    take: (code: string): Taken => {
      if (nowMs() < closedUntilMs) return { waitMs: closedUntilMs - nowMs() };
      const shown = current === null || current.expiresAtMs < nowMs() ? fresh() : current;
      if (!isSame(shown.code, code)) {
        closedUntilMs = nowMs() + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** wrongInRow);
        wrongInRow += 1;
        shown.triesLeft -= 1;
        if (shown.triesLeft <= 0) fresh();
        return "wrong";
      }
      current = null;
      wrongInRow = 0;
      const token = randomBytes(32).toString("base64url");
      tokens.push(token);
      return { token };
    },
    isPaired: (authorization: string | undefined): boolean => {
      const presented = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(authorization ?? "")?.[1];
      return presented !== undefined && tokens.some((token) => isSame(token, presented));
    },
  };
}

type Pairing = ReturnType<typeof createPairing>;

function pairedWith(taken: Taken, machineId: string): Answer {
  if (taken === "wrong") return refusal(403, "This is not the code that the agent shows now.");
  if ("token" in taken) return { status: 200, body: { success: true, token: taken.token, machineId } };
  const retryAfterSeconds = Math.ceil(taken.waitMs / 1_000);
  return {
    ...refusal(429, `After a wrong code the agent looks at none for a while: try again in ${retryAfterSeconds} s.`),
    retryAfterSeconds,
  };
}

/** One request that came from this machine's console, or from no page at all. */
async function answer(request: IncomingMessage, url: URL, source: BridgeSource, pairing: Pairing): Promise<Answer> {
  const asked = `${request.method} ${url.pathname}`;
  if (asked === "GET /health") {
    pairing.offer();
    return { status: 200, body: { success: true, service: BRIDGE_SERVICE, version: source.version } };
  }
  if (asked === "POST /pair") {
    const body = PairBody.safeParse(await readJson(request));
    if (!body.success) return refusal(400, "Send the six digits that the agent shows.");
    return pairedWith(pairing.take(body.data.code), source.machineId);
  }
  if (!pairing.isPaired(request.headers.authorization)) return refusal(401, "Pair with this machine first.");
  switch (asked) {
    case "GET /consensus-pubkey":
      return {
        status: 200,
        body: {
          success: true,
          pubkey: { "@type": "/cosmos.crypto.ed25519.PubKey", key: await source.consensusPubkey() },
          machineId: source.machineId,
        },
      };
    case "GET /status":
      return { status: 200, body: { success: true, status: await source.status() } };
    case "GET /logs": {
      const wanted = Number(url.searchParams.get("lines") ?? 100);
      const lines = Number.isInteger(wanted) && wanted > 0 ? Math.min(wanted, MAX_LOG_LINES) : 100;
      return { status: 200, body: { success: true, logs: source.logs(lines) } };
    }
    case "POST /enrol": {
      const body = EnrolBody.safeParse(await readJson(request));
      if (!body.success) return refusal(400, "Send the token that the console made.");
      if (source.isEnrolled()) {
        return refusal(
          409,
          "This machine is enrolled already. Start the agent with --replace to give it to another validator or console.",
        );
      }
      await source.enrol(body.data.token);
      return { status: 200, body: { success: true, machineId: source.machineId } };
    }
    case "POST /start":
    case "POST /stop":
      return refusal(501, "This agent stands beside the node and does not start or stop it.");
    default:
      return refusal(404, "There is nothing here.");
  }
}

/** Headers by which a browser lets the console's page read an answer of this machine. */
const corsHeaders = (origin: string) => ({
  "access-control-allow-origin": origin,
  vary: "Origin",
});

function write(
  response: ServerResponse,
  { status, body, retryAfterSeconds }: Answer,
  headers: Readonly<Record<string, string>>,
): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) }),
    ...headers,
  });
  response.end(JSON.stringify(body));
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  source: BridgeSource,
  pairing: Pairing,
): Promise<void> {
  const port = request.socket.localPort;
  // A name of somebody else's that was made to lead here (DNS rebinding) stands in Host.
  if (![`${LOOPBACK}:${port}`, `localhost:${port}`].includes(request.headers.host ?? "")) {
    return write(response, refusal(403, "Ask for 127.0.0.1."), {});
  }
  const { origin } = request.headers;
  if (origin !== undefined && origin !== source.portalOrigin) {
    return write(response, refusal(403, "Only the console that this agent was started for may ask."), {});
  }
  const cors = origin === undefined ? {} : corsHeaders(origin);
  if (request.method === "OPTIONS") {
    response.writeHead(204, {
      ...cors,
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers": "authorization, content-type",
      ...(request.headers["access-control-request-private-network"] === "true"
        ? { "access-control-allow-private-network": "true" }
        : {}),
      "access-control-max-age": "600",
    });
    response.end();
    return;
  }
  const url = new URL(request.url ?? "/", `http://${LOOPBACK}`);
  const answered = await answer(request, url, source, pairing).catch((thrown: unknown) =>
    refusal(502, (thrown as Error).message.slice(0, 300)),
  );
  write(response, answered, cors);
}

const listen = (server: Server, port: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(false);
      else reject(error);
    });
    server.listen(port, LOOPBACK, () => resolve(true));
  });

/** Opens the bridge on the loopback address, at the first port that is free. @throws when none of ten is */
export async function openBridge(
  source: BridgeSource,
  firstPort: number = FIRST_BRIDGE_PORT,
  nowMs: () => number = Date.now,
): Promise<Bridge> {
  const pairing = createPairing(source.showCode, nowMs);
  for (let offset = 0; offset < BRIDGE_PORTS; offset += 1) {
    const server = createServer((request, response) => {
      handle(request, response, source, pairing).catch(() => response.destroy());
    });
    server.requestTimeout = 10_000;
    if (await listen(server, firstPort === 0 ? 0 : firstPort + offset)) {
      return {
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise((resolve) => {
            server.closeAllConnections();
            server.close(() => resolve());
          }),
      };
    }
  }
  throw new Error(`No port from ${firstPort} to ${firstPort + BRIDGE_PORTS - 1} is free for the bridge.`);
}
