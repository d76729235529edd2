import type { StepWords } from "@/server/kernel/work/declare-work";

export { CHANNEL_STATUSES, DELIVERY_STATUSES } from "@/db/states/notifications";

/** By what an organisation can be told. */
export const CHANNEL_KINDS = ["email", "slack", "discord", "telegram", "webhook", "pagerduty"] as const;

/** How bad it is, the least first. */
export const SEVERITIES = ["info", "warning", "error", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];
export const isAtLeast = (severity: Severity, least: Severity): boolean =>
  SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);

export const CHANNEL_NAME_MAX_CHARACTERS = 70;
/** Channels of one organisation that are not removed. */
export const MAX_CHANNELS = 20;
/** Digits of the code by which the owner of an address says that it is theirs. */
export const CONFIRMATION_CODE_DIGITS = 8;
/** How long what was sent stays on the list. */
export const DELIVERIES_KEPT_DAYS = 90;

/** Waits after the first try, the second, and so on; the try after the last of them is the last. */
export const RETRY_WAITS_SECONDS = [15, 60, 300, 900, 3_600, 10_800, 21_600, 43_200] as const;
/** A wait that a run sits out by itself; what is due later is taken up by the sweep. */
export const RUN_WAITS_AT_MOST_SECONDS = 300;

export const DELIVER_STEPS = [
  { id: "send", title: "Send the message", sentence: "The message is being sent.", percentWhenDone: 100 },
] as const satisfies readonly StepWords[];

/** Tests to addresses that are not proven to be the organisation's own, in a day. */
export const MAX_MAIL_TESTS_PER_DAY = 10;
