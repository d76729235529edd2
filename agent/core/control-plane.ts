import { createHash } from "node:crypto";
import { z } from "zod";
import { enrolmentBytes } from "@/lib/contracts/agent/enrolment";
import { agentRequestBytes, formatAgentHeader } from "@/lib/contracts/agent/request";
import { AGENT_PROTOCOL_VERSION } from "@/lib/contracts/agent/version";
import type { AgentState } from "./agent-state";
import { AGENT_VERSION } from "./agent-version";

/** The control plane said no, or nothing. `code` is its own; `null` where it could not be reached. */
export class ControlPlaneError extends Error {
  readonly code: string | null;
  readonly retryAfterSeconds: number | null;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    message: string,
    facts: { code: string | null; retryAfterSeconds?: number | null; details?: Readonly<Record<string, unknown>> },
  ) {
    super(message);
    this.name = "ControlPlaneError";
    this.code = facts.code;
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
    this.details = facts.details ?? {};
  }
}

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 262_144;
const Problem = z.object({
  code: z.string(),
  detail: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});

async function ask(url: string, init: RequestInit): Promise<unknown> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { ...init, redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) });
    text = (await response.text()).slice(0, MAX_ANSWER_BYTES);
  } catch (thrown) {
    throw new ControlPlaneError(`${new URL(url).origin} does not answer: ${(thrown as Error).message}`, { code: null });
  }
  const parsed = (() => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return null;
    }
  })();
  if (response.ok) return parsed;
  const problem = Problem.safeParse(parsed);
  throw new ControlPlaneError(
    problem.success
      ? (problem.data.detail ?? problem.data.code)
      : `${new URL(url).origin} answered ${response.status}.`,
    {
      code: problem.success ? problem.data.code : null,
      retryAfterSeconds: Number(response.headers.get("retry-after")) || null,
      details: problem.success ? { ...problem.data, ...problem.data.details } : {},
    },
  );
}

/** Sends a body that this agent signed. A counter that was too low is raised above the one that is told, once. */
export async function sendSigned(state: AgentState, path: string, body: unknown): Promise<unknown> {
  const { enrolled } = state;
  if (!enrolled) throw new ControlPlaneError("This machine is not enrolled yet.", { code: "agent.not_enrolled" });
  const text = JSON.stringify(body);
  const once = (counter: number) => {
    const request = {
      version: AGENT_PROTOCOL_VERSION,
      agentId: enrolled.agentId,
      counter,
      sentAt: new Date().toISOString(),
      bodySha256: createHash("sha256").update(text).digest("hex"),
    };
    const signature = state.sign(agentRequestBytes({ ...request, method: "POST", path }));
    return ask(new URL(path, enrolled.url).href, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: formatAgentHeader({ ...request, signature }) },
      body: text,
    });
  };
  try {
    return await once(state.nextCounter());
  } catch (thrown) {
    if (!(thrown instanceof ControlPlaneError) || thrown.code !== "agents.replayed") throw thrown;
    return once(state.nextCounter(Number(thrown.details.lastCounter ?? 0) + 1));
  }
}

const EnrolAnswer = z.object({
  agentId: z.string(),
  platformKey: z.string(),
  walletAddress: z.string().nullable(),
  consensusPubkey: z.string().nullable(),
});

/** Uses the token: from then on the machine is known by its own key, and by this control plane alone. */
export async function enrol(
  state: AgentState,
  with_: { readonly url: string; readonly token: string; readonly consensusPubkey: string | null },
): Promise<void> {
  const { origin } = new URL(with_.url);
  const claim = {
    version: AGENT_PROTOCOL_VERSION,
    token: with_.token,
    publicKey: state.publicKey,
    machineId: state.machineId,
    consensusPubkey: with_.consensusPubkey,
  };
  const answer = EnrolAnswer.parse(
    await ask(new URL("/api/v1/agents/enrol", origin).href, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...claim, agentVersion: AGENT_VERSION, signature: state.sign(enrolmentBytes(claim)) }),
    }),
  );
  state.keepEnrolled({ url: origin, ...answer });
}
