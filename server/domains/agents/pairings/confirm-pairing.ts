import type { CommandCtx, ServiceCtx } from "@/server/kernel/context";
import { defineChange } from "@/server/kernel/verbs";
import type { TokenMinter } from "@/server/ports/token-minter";
import type { WalletVerifier } from "@/server/ports/wallet-verifier";
import { ENROLMENT_TTL_SECONDS } from "../constants";
import { agentsDomain } from "../domain";
import { pairingNotFound, pairingRefused } from "../errors";
import { insertAgent, insertEnrolment, type PairingRow, takePairing } from "../repository";

/** Takes the statement for its one answer, right or wrong; null when there is none, it is too old, or another person's. */
const takeStatement = defineChange(
  "agents.take-pairing",
  async (ctx: CommandCtx, { pairingId }: { readonly pairingId: string }) => {
    const pairing = await takePairing(ctx.tx, ctx.organizationId, pairingId);
    const { actor } = ctx;
    const isOwn = (actor.kind === "user" || actor.kind === "apiToken") && actor.userId === pairing?.userId;
    return pairing && isOwn && pairing.expiresAt > ctx.now ? pairing : null;
  },
  { telemetry: true },
);

type Credential = {
  readonly kind: "key" | "token";
  readonly tokenHash: string;
  readonly displayPrefix: string;
};

const recordPaired = defineChange(
  "agents.record-paired",
  async (
    ctx: CommandCtx,
    { pairing, credential }: { readonly pairing: PairingRow; readonly credential: Credential },
  ) => {
    const { tokenHash } = credential;
    const shared = {
      kind: "validator",
      organizationId: ctx.organizationId,
      name: pairing.name,
      networkId: pairing.networkId,
      walletAddress: pairing.walletAddress,
      consensusPubkey: pairing.consensusPubkey,
      tokenHash,
      createdAt: ctx.now,
    } as const;
    const expiresAt = new Date(ctx.now.getTime() + ENROLMENT_TTL_SECONDS * 1_000);
    let agentId: string | null = null;
    if (credential.kind === "key") {
      const id = agentsDomain.newId("enrolment");
      await insertEnrolment(ctx.tx, { ...shared, id, machineId: pairing.machineId, expiresAt });
    } else {
      agentId = agentsDomain.newId("agent");
      // A device token without a named machine is the machine's own name.
      await insertAgent(ctx.tx, {
        ...shared,
        id: agentId,
        machineId: pairing.machineId ?? agentId,
        updatedAt: ctx.now,
      });
    }
    ctx.audit({
      action: "agents.machine.paired",
      targetType: "pairing",
      targetId: pairing.id,
      details: {
        walletAddress: pairing.walletAddress,
        consensusPubkey: pairing.consensusPubkey,
        machineId: pairing.machineId,
        credential: credential.kind,
        agentId,
      },
    });
    const { displayPrefix } = credential;
    return { agentId, displayPrefix, expiresAt: credential.kind === "key" ? expiresAt.toISOString() : null };
  },
);

/**
 * Lets the machine in that the wallet signed for: by an enrolment token, with which it brings a key of its own, or by a device token that it
 * sends with each report. The token is shown once. @throws not_found agents.pairing_not_found, invalid agents.pairing_refused
 */
export async function confirmPairing(
  ctx: ServiceCtx<{ readonly tokens: TokenMinter; readonly walletVerifier: WalletVerifier }> & {
    readonly organizationId: string;
  },
  answer: {
    readonly pairingId: string;
    readonly pubkeyBase64: string;
    readonly signatureBase64: string;
    readonly credential: Credential["kind"];
  },
): Promise<{ readonly token: string | null; readonly agentId: string | null; readonly expiresAt: string | null }> {
  const pairing = await takeStatement(ctx, { pairingId: answer.pairingId });
  if (!pairing) throw pairingNotFound();
  const refusal = await ctx.ports.walletVerifier.refuse({
    address: pairing.walletAddress,
    accountPrefix: pairing.accountPrefix,
    message: pairing.message,
    pubkeyBase64: answer.pubkeyBase64,
    signatureBase64: answer.signatureBase64,
  });
  if (refusal !== null) {
    ctx.logger.warn({ reason: refusal, pairingId: pairing.id }, "agents.pairing.refused");
    throw pairingRefused();
  }
  const minted = ctx.ports.tokens.mint(answer.credential === "key" ? "enrolment" : "device");
  const { token, tokenHash, displayPrefix } = minted;
  const paired = await recordPaired(ctx, {
    pairing,
    credential: { kind: answer.credential, tokenHash, displayPrefix },
  });
  // Under a repeated Idempotency-Key the record is of a token made earlier, which this one is not.
  return {
    token: paired.displayPrefix === displayPrefix ? token : null,
    agentId: paired.agentId,
    expiresAt: paired.expiresAt,
  };
}
