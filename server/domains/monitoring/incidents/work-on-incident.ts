import { isMember } from "@/server/domains/identity";
import { move } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { incidentNotFound, notAMember } from "../errors";
import { incidentMachine } from "../machines";
import { AssignIncidentInput, Incident, MoveIncidentInput, NoteIncidentInput } from "../schemas";
import { noteEntry } from "./open-incident";
import { lockIncident, updateIncident } from "./repository";
import { toIncident } from "./to-incident";

/** Moves an incident on, with a line in its timeline. @throws not_found monitoring.incident_not_found, invalid_state monitoring.invalid_incident_transition */
export const moveIncident = defineCommand({
  verb: "monitoring.move-incident",
  scope: "monitoring:write",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: MoveIncidentInput,
  output: Incident,
  run: async (ctx, { incidentId, status, note }) => {
    const incident = await lockIncident(ctx.tx, ctx.organizationId, incidentId);
    if (!incident) throw incidentNotFound(incidentId);
    const moved = await move(ctx, incidentMachine, incident, status, {
      reason: "monitoring.by_hand",
      patch: {
        // Whoever works on it knows of it.
        acknowledgedAt: incident.acknowledgedAt ?? ctx.now,
        ...(status === "resolved" ? { resolvedAt: ctx.now, resolution: note === "" ? incident.resolution : note } : {}),
        ...(status === "closed" ? { closedAt: ctx.now } : {}),
      },
    });
    await noteEntry(
      ctx,
      incident,
      "status",
      note === "" ? `${incident.status} → ${status}` : `${incident.status} → ${status}: ${note}`,
    );
    return toIncident(moved, ctx.now);
  },
});

/** Writes a line into the timeline; one that is closed takes them too. @throws not_found monitoring.incident_not_found */
export const noteIncident = defineCommand({
  verb: "monitoring.note-incident",
  scope: "monitoring:write",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: NoteIncidentInput,
  output: Incident,
  run: async (ctx, { incidentId, note }) => {
    const incident = await lockIncident(ctx.tx, ctx.organizationId, incidentId);
    if (!incident) throw incidentNotFound(incidentId);
    await noteEntry(ctx, incident, "note", note);
    ctx.audit({
      action: "monitoring.incident.noted",
      targetType: "incident",
      targetId: incident.id,
      organizationId: incident.organizationId,
    });
    return toIncident(incident, ctx.now);
  },
});

/** Gives an incident to a member, or takes it back. @throws not_found monitoring.incident_not_found, invalid monitoring.not_a_member */
export const assignIncident = defineCommand({
  verb: "monitoring.assign-incident",
  scope: "monitoring:write",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: AssignIncidentInput,
  output: Incident,
  run: async (ctx, { incidentId, userId }) => {
    const incident = await lockIncident(ctx.tx, ctx.organizationId, incidentId);
    if (!incident) throw incidentNotFound(incidentId);
    if (userId !== null && !(await isMember(ctx.tx, incident.organizationId, userId))) throw notAMember();
    const changed = await updateIncident(ctx.tx, incident.id, { assignedToUserId: userId, updatedAt: ctx.now });
    await noteEntry(ctx, incident, "assigned", userId === null ? "Given to nobody." : `Given to ${userId}.`);
    ctx.audit({
      action: "monitoring.incident.assigned",
      targetType: "incident",
      targetId: incident.id,
      organizationId: incident.organizationId,
      details: { userId },
    });
    return toIncident(changed, ctx.now);
  },
});
