import { defineCommand } from "@/server/kernel/verbs";
import { installedElsewhere } from "./errors";
import { type ClaimRow, lockClaim, moveClaim } from "./repository";
import { ClaimInstallationInput, InstallationClaim } from "./schemas";

/** A machine that tells no id is held by its data directory alone: nothing better is known of it. */
const isSamePlace = (row: ClaimRow, place: Pick<ClaimRow, "machineHash" | "dataDirHash">): boolean =>
  row.dataDirHash === place.dataDirHash &&
  (row.machineHash === null || place.machineHash === null || row.machineHash === place.machineHash);

/**
 * Holds this database for the installation that starts here. A backup that was restored, or a machine that was copied, finds another's claim and
 * may not act: its nodes have the keys of nodes that may still sign. A person says with `isTakeOver` that the other is gone for good.
 * @throws invalid_state operations.installed_elsewhere
 */
export const claimInstallation = defineCommand({
  verb: "operations.claim-installation",
  scope: "platform:admin",
  tenancy: "platform",
  input: ClaimInstallationInput,
  output: InstallationClaim,
  run: async (ctx, { isTakeOver, ...place }) => {
    const { now } = ctx;
    const { row, isNew } = await lockClaim(ctx.tx, place, now);
    const isSame = isSamePlace(row, place);
    if (!isSame && !isTakeOver) throw installedElsewhere(row.claimedAt);
    // The id that a machine did not tell before is kept once it does.
    if (!isSame || (row.machineHash === null && place.machineHash !== null)) await moveClaim(ctx.tx, place, now);
    const outcome = isNew ? ("first" as const) : isSame ? ("same" as const) : ("taken_over" as const);
    ctx.audit({
      action: isSame ? "operations.installation.started" : "operations.installation.taken_over",
      targetType: "installation",
      targetId: place.dataDirHash.slice(0, 12),
      details: { outcome, ...(isSame ? {} : { claimedBefore: row.claimedAt.toISOString() }) },
    });
    return { outcome };
  },
});
