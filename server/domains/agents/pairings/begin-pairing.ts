import type { CommandCtx } from "@/server/kernel/context";
import { PAIRING_TTL_SECONDS } from "../constants";
import { agentsDomain } from "../domain";
import { insertPairing } from "../repository";
import { pairingStatement } from "./pairing-statement";

/** Which machine is to be let in, for whom; its caller knows that the wallet is the acting person's. */
export type PairingRequest = {
  readonly origin: string;
  readonly userId: string;
  readonly networkId: string;
  readonly walletAddress: string;
  readonly accountPrefix: string;
  readonly consensusPubkey: string;
  readonly machineId: string | null;
  readonly name: string;
};

/** Writes the statement that the wallet is to sign; a part of the command of the domain whose machine it will be. */
export async function beginPairing(ctx: CommandCtx, request: PairingRequest) {
  const id = agentsDomain.newId("pairing");
  const expiresAt = new Date(ctx.now.getTime() + PAIRING_TTL_SECONDS * 1_000);
  const message = pairingStatement({ ...request, nonce: id, issuedAt: ctx.now, expiresAt });
  const { origin: _origin, ...kept } = request;
  await insertPairing(ctx.tx, {
    ...kept,
    id,
    organizationId: ctx.organizationId,
    message,
    createdAt: ctx.now,
    expiresAt,
  });
  return { pairingId: id, messageToSign: message, expiresAt: expiresAt.toISOString() };
}
