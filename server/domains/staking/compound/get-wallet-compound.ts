import { getNetwork } from "@/server/domains/chain";
import { isAppError } from "@/server/kernel/errors";
import { defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { COMPOUND_RUNS_SHOWN } from "../constants";
import { FRESH } from "../plan/plan";
import { plannerOf } from "../plan/planner-of";
import { CompoundOfWallet, WalletCompound } from "../schemas";
import { type GrantFacts, readGrant } from "./read-grant";
import { findCompounder, findNewestCompound, listRuns } from "./repository";
import { toCompound, toRun } from "./to-compound";

const toGrant = (grant: GrantFacts): WalletCompound["grant"] =>
  grant.hasStakeGrant || grant.mayWithdraw || grant.hasFeeAllowance
    ? {
        stakeLeftBaseUnits: grant.stakeLeftBaseUnits?.toString() ?? null,
        expiresAt: grant.stakeExpiresAt ?? grant.withdrawExpiresAt ?? grant.feesExpireAt,
        mayWithdraw: grant.mayWithdraw,
        feesLeftBaseUnits: grant.feesLeftBaseUnits?.toString() ?? null,
      }
    : null;

/**
 * What a wallet granted this installation for compounding, as the chain has it now, with the organisation's wish and its last runs.
 * @throws invalid staking.invalid_field
 */
export const getWalletCompound = defineFlow<Ports>()({
  verb: "staking.get-wallet-compound",
  scope: "staking:read",
  tenancy: "organization",
  input: CompoundOfWallet,
  output: WalletCompound,
  run: async (ctx, input): Promise<WalletCompound> => {
    const { id: networkId } = await getNetwork(ctx, { networkId: input.networkId });
    const { address } = input;
    const { chain, network } = await plannerOf(ctx, { networkId, address, field: "address" });
    const row = await findNewestCompound(ctx.db, ctx.organizationId, { networkId, delegatorAddress: address });
    const granteeAddress = row?.granteeAddress ?? (await findCompounder(ctx.db, networkId))?.address;
    const known = {
      networkId,
      address,
      denom: network.baseDenom,
      readAt: ctx.now().toISOString(),
      compound: row === undefined ? null : toCompound(row),
      runs: row === undefined ? [] : (await listRuns(ctx.db, row.id, COMPOUND_RUNS_SHOWN)).map(toRun),
    };
    try {
      // Asked also before anybody granted anything, since whether the chain has the modules is told by that.
      const grant = await readGrant(
        chain,
        { granterAddress: address, granteeAddress: granteeAddress ?? address },
        { operatorAddress: row?.operatorAddress ?? null, denom: network.baseDenom },
        FRESH,
      );
      return { ...known, isOffered: true, grant: granteeAddress === undefined ? null : toGrant(grant) };
    } catch (thrown) {
      if (!isAppError(thrown) || thrown.code !== "chain.query_unsupported") throw thrown;
      return { ...known, isOffered: false, grant: null };
    }
  },
});
