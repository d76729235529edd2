import { holdSlot } from "@/server/domains/regions";
import { actingFor } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { AttemptRef, lockAttempt } from "./lock-attempt";
import { setupMachine } from "./machines";
import { subjectOf } from "./subject";

/** Takes the region's slot for the request: pending becomes provisioning. Repeating it changes nothing. @throws conflict region_full */
export const reserveSlot = defineCommand({
  verb: "validators.reserve-slot",
  scope: "platform:write",
  tenancy: "platform",
  input: AttemptRef,
  run: async (ctx, input) => {
    const setup = await lockAttempt(ctx, input);
    await holdSlot(actingFor(ctx, setup.organizationId), { regionCode: setup.regionCode, holder: subjectOf(setup.id) });
    if (setup.status === "pending") {
      await move(ctx, setupMachine, setup, "provisioning", {
        patch: { statusMessage: "A slot is held.", releasedAt: null },
      });
    }
    return {};
  },
});
