import { listSetupRequests } from "@/server/domains/validators";
import type { ServiceCtx } from "@/server/kernel/context";
import { noOwnValidator } from "../errors";
import { FRESH, orNone, type Planner, stakeWith } from "./plan";
import type { OwnNode } from "./unjail-rule";

/** The validator that the wallet operates, with its signing record; null where the chain knows none. */
export async function readOwnValidator(planner: Planner) {
  const { chain, ownOperatorAddress } = planner;
  const validator = await orNone(chain.validatorByOperator(ownOperatorAddress, FRESH));
  if (validator === null) return null;
  const [signing, selfDelegationBaseUnits] = await Promise.all([
    orNone(chain.signingInfo(validator.consensusAddress, FRESH)),
    stakeWith(planner, ownOperatorAddress),
  ]);
  return { validator, signing, selfDelegationBaseUnits };
}

/** @throws conflict staking.no_own_validator */
export async function requireOwnValidator(planner: Planner) {
  const own = await readOwnValidator(planner);
  if (own === null) throw noOwnValidator();
  return own;
}

/** How the validator's node stands where this organisation runs it, here or on a machine of its own; null where it does not. */
export async function ownNodeOf(
  ctx: ServiceCtx & { readonly organizationId: string },
  { network, signerAddress, ownOperatorAddress }: Planner,
): Promise<OwnNode | null> {
  const { items } = await listSetupRequests(ctx, { walletAddress: signerAddress, limit: 100 });
  const own = items.find(
    ({ setupRequest: setup }) =>
      setup.networkId === network.networkId &&
      setup.operatorAddress === ownOperatorAddress &&
      setup.standing.nodeState !== "none" &&
      setup.standing.nodeState !== "removed",
  );
  if (own === undefined) return null;
  return {
    state: own.setupRequest.standing.nodeState,
    lastSeenAt: own.node?.lastSeenAt ?? own.machine?.lastSeen ?? null,
  };
}

/** What decides whether it can be released now. */
export const unjailFactsOf = (
  { validator, signing, selfDelegationBaseUnits }: NonNullable<Awaited<ReturnType<typeof readOwnValidator>>>,
  { chainNow, node }: { readonly chainNow: Date; readonly node: OwnNode | null },
) => ({
  isJailed: validator.jailed,
  isTombstoned: signing?.tombstoned ?? false,
  jailedUntil: signing?.jailedUntil ?? null,
  chainNow,
  selfDelegationBaseUnits,
  minSelfDelegationBaseUnits: validator.minSelfDelegationBaseUnits,
  node,
});
