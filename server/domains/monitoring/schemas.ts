import { z } from "zod";
import { identityDomain } from "@/server/domains/identity/domain";
import { listInput } from "@/server/kernel/pagination";
import { boundedText, flag, instantText, wordsText } from "@/server/kernel/text";
import {
  ALERT_STATUSES,
  INCIDENT_STATUSES,
  NOTE_MAX_CHARACTERS,
  RULE_CODES,
  SEVERITIES,
  SILENCE_REASON_MAX_CHARACTERS,
  SUBJECT_KINDS,
} from "./constants";
import { monitoringDomain } from "./domain";

const alertId = monitoringDomain.idText("alert");
const incidentId = monitoringDomain.idText("incident");
const note = wordsText(0, NOTE_MAX_CHARACTERS);

export const AlertRef = z.strictObject({ alertId });
export const ListAlertsInput = z.strictObject({
  ...listInput,
  /** True for what goes on, false for what is over. */
  isOpen: flag.optional(),
  severity: z.enum(SEVERITIES).optional(),
  rule: z.enum(RULE_CODES).optional(),
  /** Id of the validator's setup request, or of the network. */
  subject: boundedText(60).optional(),
});
export const ResolveAlertInput = AlertRef.extend({ note: note.default("") });

export const Alert = z
  .object({
    id: z.string(),
    organizationId: z.string(),
    rule: z.string(),
    title: z.string(),
    severity: z.enum(SEVERITIES),
    status: z.enum(ALERT_STATUSES),
    subjectKind: z.enum(SUBJECT_KINDS),
    subjectId: z.string(),
    subjectName: z.string(),
    sentence: z.string(),
    count: z.number().int(),
    startedAt: z.string(),
    lastSeenAt: z.string(),
    firedAt: z.string().nullable(),
    acknowledgedAt: z.string().nullable(),
    acknowledgedBy: z.string().nullable(),
    resolvedAt: z.string().nullable(),
    /** Who ended it; null where it ended by itself. */
    resolvedBy: z.string().nullable(),
    note: z.string().nullable(),
    /** Id of the alert that says the same with more weight. */
    inhibitedBy: z.string().nullable(),
    /** Id of the silence or maintenance window that holds now. */
    silencedBy: z.string().nullable(),
    toldCount: z.number().int(),
    lastToldAt: z.string().nullable(),
    /** Slug of the page `/docs/runbooks/{slug}`. */
    runbook: z.string().nullable(),
    incidentId: z.string().nullable(),
  })
  .meta({ id: "Alert" });
export type Alert = z.infer<typeof Alert>;
export const AlertPage = z.object({ items: z.array(Alert), nextCursor: z.string().nullable() });
export const AlertSummary = z
  .object({
    active: z.object({
      critical: z.number().int(),
      error: z.number().int(),
      warning: z.number().int(),
      info: z.number().int(),
      total: z.number().int(),
    }),
  })
  .meta({ id: "AlertSummary" });

export const RuleView = z
  .object({
    code: z.enum(RULE_CODES),
    title: z.string(),
    condition: z.string(),
    severity: z.enum(SEVERITIES),
    isEnabled: z.boolean(),
    /** The figure that holds for this organisation; null where the rule has none. */
    threshold: z.number().nullable(),
    defaultThreshold: z.number().nullable(),
    minThreshold: z.number().nullable(),
    maxThreshold: z.number().nullable(),
    unit: z.string().nullable(),
    forSeconds: z.number().int(),
    defaultForSeconds: z.number().int(),
    runbook: z.string(),
  })
  .meta({ id: "AlertRule" });
export type RuleView = z.infer<typeof RuleView>;
export const RuleList = z.object({ items: z.array(RuleView) });
/** The whole of the organisation's own settings of one rule; null puts the rule's own in its place. */
export const SetRuleInput = z.strictObject({
  rule: z.enum(RULE_CODES),
  isEnabled: z.boolean(),
  threshold: z.number().int().nullable(),
  forSeconds: z.number().int().min(0).max(86_400).nullable(),
});

export const CreateSilenceInput = z.strictObject({
  kind: z.enum(["silence", "maintenance"]),
  /** Null for every rule. */
  rule: z.enum(RULE_CODES).nullable().default(null),
  /** Id of the validator's setup request, or of the network; null for everything. */
  subject: boundedText(60).nullable().default(null),
  reason: wordsText(1, SILENCE_REASON_MAX_CHARACTERS),
  /** Now when not said. */
  startsAt: instantText.optional(),
  endsAt: instantText,
});
export const SilenceRef = z.strictObject({ silenceId: monitoringDomain.idText("silence") });
export const ListSilencesInput = z.strictObject({ ...listInput, isOver: flag.optional() });
export const Silence = z
  .object({
    id: z.string(),
    kind: z.enum(["silence", "maintenance"]),
    rule: z.string().nullable(),
    ruleTitle: z.string().nullable(),
    subjectId: z.string().nullable(),
    reason: z.string(),
    state: z.enum(["ahead", "in_force", "over"]),
    startsAt: z.string(),
    endsAt: z.string(),
    createdBy: z.string(),
  })
  .meta({ id: "AlertSilence" });
export type Silence = z.infer<typeof Silence>;
export const SilencePage = z.object({ items: z.array(Silence), nextCursor: z.string().nullable() });

export const IncidentRef = z.strictObject({ incidentId });
/** The cursor is of the timeline, which has more pages than one where people wrote much. */
export const GetIncidentInput = IncidentRef.extend({ cursor: listInput.cursor });
export const ListIncidentsInput = z.strictObject({ ...listInput, isOpen: flag.optional() });
export const MoveIncidentInput = IncidentRef.extend({
  status: z.enum(INCIDENT_STATUSES).exclude(["open"]),
  note: note.default(""),
});
export const NoteIncidentInput = IncidentRef.extend({ note: wordsText(1, NOTE_MAX_CHARACTERS) });
/** Null takes it back. */
export const AssignIncidentInput = IncidentRef.extend({ userId: identityDomain.idText("user").nullable() });

export const Incident = z
  .object({
    id: z.string(),
    organizationId: z.string(),
    number: z.string(),
    alertId: z.string(),
    title: z.string(),
    rule: z.string(),
    severity: z.enum(SEVERITIES),
    status: z.enum(INCIDENT_STATUSES),
    subjectKind: z.enum(SUBJECT_KINDS),
    subjectId: z.string(),
    subjectName: z.string(),
    assignedToUserId: z.string().nullable(),
    startedAt: z.string(),
    openedAt: z.string(),
    acknowledgedAt: z.string().nullable(),
    resolvedAt: z.string().nullable(),
    closedAt: z.string().nullable(),
    resolution: z.string().nullable(),
    /** From its opening until somebody said that they know; null before. */
    timeToAcknowledgeMs: z.number().nullable(),
    /** From its opening to its end; null before. */
    timeToResolveMs: z.number().nullable(),
    /** From the first sign to the end, or to now. */
    downtimeMs: z.number(),
    runbook: z.string().nullable(),
  })
  .meta({ id: "Incident" });
export type Incident = z.infer<typeof Incident>;
export const IncidentPage = z.object({ items: z.array(Incident), nextCursor: z.string().nullable() });
export const IncidentRecord = z
  .object({
    incident: Incident,
    timeline: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(["opened", "status", "assigned", "note", "recovered"]),
        actor: z.string(),
        text: z.string(),
        at: z.string(),
      }),
    ),
    /** Of the timeline's next page; null on the last. */
    nextCursor: z.string().nullable(),
  })
  .meta({ id: "IncidentRecord" });
export type IncidentRecord = z.infer<typeof IncidentRecord>;
/** Of the last thirty days; a mean is null where there is nothing to take one of. */
export const IncidentStats = z
  .object({
    days: z.number().int(),
    opened: z.number().int(),
    open: z.number().int(),
    meanTimeToAcknowledgeMs: z.number().nullable(),
    meanTimeToResolveMs: z.number().nullable(),
  })
  .meta({ id: "IncidentStats" });
export type IncidentStats = z.infer<typeof IncidentStats>;

/** An outage of a whole network, whoever was touched by it. */
export const PublicIncident = z.object({
  title: z.string(),
  network: z.string(),
  startedAt: z.string(),
  /** Null while it goes on. */
  endedAt: z.string().nullable(),
});
export type PublicIncident = z.infer<typeof PublicIncident>;
export const PublicIncidents = z
  .object({ days: z.number().int(), items: z.array(PublicIncident) })
  .meta({ id: "PublicIncidents" });
