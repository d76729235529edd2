import { beginPairing, confirmPairing } from "@/server/domains/agents";
import { networkOf } from "@/server/domains/chain";
import { isOwnWallet } from "@/server/domains/identity";
import type { CommandCtx } from "@/server/kernel/context";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { keyOfAnother, notInLocalMode, setupRequestNotFound, walletNotLinked } from "../errors";
import { findSetup, type SetupRow } from "../requests/repository";
import { isGivenUp } from "../states";
import { isKeyOfAnother, listLocalSetups } from "./repository";
import { BeginPairingInput, ConfirmPairingInput, PairedMachine, Pairing } from "./schemas";

const requireLocalSetup = (setup: SetupRow | undefined, setupRequestId: string): SetupRow => {
  if (!setup || isGivenUp(setup.status)) throw setupRequestNotFound(setupRequestId);
  if (setup.runMode !== "local") throw notInLocalMode();
  return setup;
};

type Begin = {
  readonly setupRequestId: string;
  readonly consensusPubkey: string;
  readonly machineId: string | null;
  readonly name: string;
  readonly origin: string;
  readonly accountPrefix: string;
  readonly userId: string;
};

const recordStatement = defineChange(
  "validators.record-pairing",
  async (ctx: CommandCtx, { setupRequestId, ...request }: Begin) => {
    const setup = requireLocalSetup(await findSetup(ctx.tx, ctx.organizationId, setupRequestId), setupRequestId);
    const { networkId, walletAddress, organizationId } = setup;
    const { consensusPubkey } = request;
    if (setup.consensusPubkey !== null && setup.consensusPubkey !== consensusPubkey) throw keyOfAnother();
    const own = await listLocalSetups(ctx.tx, organizationId, networkId, walletAddress);
    // The key of a validator that ended: its machine reports that one.
    if (own.some((other) => other.id !== setup.id && other.consensusPubkey === consensusPubkey)) throw keyOfAnother();
    if (await isKeyOfAnother(ctx.tx, { organizationId, networkId, walletAddress, consensusPubkey }))
      throw keyOfAnother();
    return beginPairing(ctx, { ...request, networkId, walletAddress });
  },
  // Nobody acts on a statement until it is answered, and answering is audited.
  { telemetry: true },
);

/**
 * Makes the statement that the wallet signs to let a machine report as this validator's node.
 * @throws not_found validators.setup_request_not_found, invalid validators.not_in_local_mode, conflict validators.key_of_another, forbidden validators.wallet_not_linked
 */
export const beginMachinePairing = defineFlow<Ports>()({
  verb: "validators.begin-machine-pairing",
  scope: "agents:admin",
  tenancy: "organization",
  input: BeginPairingInput,
  output: Pairing,
  run: async (ctx, input) => {
    const setup = requireLocalSetup(
      await findSetup(ctx.db, ctx.organizationId, input.setupRequestId),
      input.setupRequestId,
    );
    if (!(await isOwnWallet(ctx, { address: setup.walletAddress }))) throw walletNotLinked(setup.walletAddress);
    const { network } = await networkOf(ctx, setup.networkId);
    const { actor } = ctx;
    return recordStatement(ctx, {
      setupRequestId: setup.id,
      consensusPubkey: input.consensusPubkey,
      machineId: input.machineId ?? null,
      name: input.name,
      origin: ctx.ports.agentAuthority.origin,
      accountPrefix: network.bech32.account,
      userId: actor.kind === "user" || actor.kind === "apiToken" ? actor.userId : "system",
    });
  },
});

/** Takes the wallet's answer and gives the token, which is shown once. @throws not_found agents.pairing_not_found, invalid agents.pairing_refused */
export const confirmMachinePairing = defineFlow<Ports>()({
  verb: "validators.confirm-machine-pairing",
  scope: "agents:admin",
  tenancy: "organization",
  input: ConfirmPairingInput,
  output: PairedMachine,
  run: (ctx, input): Promise<PairedMachine> =>
    confirmPairing(ctx, {
      pairingId: input.pairingId,
      pubkeyBase64: input.pubkey,
      signatureBase64: input.signature,
      credential: input.credential,
    }),
  // A repeated key gets no second look at the token.
  kept: (answer) => ({ ...answer, token: null }),
});
