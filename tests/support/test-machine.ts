import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { enrolmentBytes, keyProofBytes } from "@/lib/contracts/agent/enrolment";
import { agentRequestBytes, formatAgentHeader } from "@/lib/contracts/agent/request";
import { type ApiAnswer, callApi } from "./http-client";

/** A consensus public key of a node that is nowhere. */
export const randomConsensusPubkey = (): string => randomBytes(32).toString("base64");

/** A machine with a key of its own, as the agent's program makes it; it sends what it is told, signed, through REST. */
export function createTestMachine() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const rawKey = publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64");
  const machineId = `machine-${randomBytes(8).toString("hex")}`;
  const signed = (bytes: Uint8Array) => sign(null, bytes, privateKey).toString("base64url");
  let agentId = "";
  let counter = 0;
  type Change = Partial<{
    counter: number;
    sentAt: string;
    agentId: string;
    version: number;
    sentBody: unknown;
    signature: string;
    ipAddress: string;
  }>;
  return {
    machineId,
    publicKey: rawKey,
    get agentId() {
      return agentId;
    },
    becomes: (id: string) => {
      agentId = id;
    },
    enrol: async (token: string, consensusPubkey: string | null, change: object = {}): Promise<ApiAnswer> => {
      const claim = { version: 1, token, publicKey: rawKey, machineId, consensusPubkey };
      const answer = await callApi("POST", "/api/v1/agents/enrol", {
        json: { ...claim, agentVersion: "1.0.0", signature: signed(enrolmentBytes(claim)), ...change },
      });
      if (answer.status === 201) agentId = answer.body.agentId;
      return answer;
    },
    /** The header and body of one signed request; `sentBody` goes instead of what was signed. */
    post: async (path: string, body: unknown, change: Change = {}): Promise<ApiAnswer> => {
      counter = change.counter ?? counter + 1;
      const text = JSON.stringify(body);
      const request = {
        version: 1,
        agentId: change.agentId ?? agentId,
        counter,
        sentAt: change.sentAt ?? new Date().toISOString(),
        bodySha256: createHash("sha256").update(text).digest("hex"),
      };
      const signature = change.signature ?? signed(agentRequestBytes({ ...request, method: "POST", path }));
      return callApi("POST", path, {
        headers: {
          "content-type": "application/json",
          authorization: formatAgentHeader({ ...request, version: change.version ?? 1, signature }),
        },
        body: change.sentBody === undefined ? text : JSON.stringify(change.sentBody),
        ...(change.ipAddress === undefined ? {} : { ipAddress: change.ipAddress }),
      });
    },
    proofOf: (claim: Parameters<typeof keyProofBytes>[0]) => ({ agentId, signature: signed(keyProofBytes(claim)) }),
  };
}

export type TestMachine = ReturnType<typeof createTestMachine>;
