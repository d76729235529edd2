import { z } from "zod";
import { listInput } from "@/server/kernel/pagination";
import { boundedText, nameText, patternText, webUrlText } from "@/server/kernel/text";
import {
  CHANNEL_KINDS,
  CHANNEL_NAME_MAX_CHARACTERS,
  CHANNEL_STATUSES,
  CONFIRMATION_CODE_DIGITS,
  DELIVERY_STATUSES,
  SEVERITIES,
} from "./constants";
import { notificationsDomain } from "./domain";

const EMAIL_MAX = 254;
const localTime = patternText(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day such as 22:00", 5);

const isTimeZone = (text: string): boolean => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return true;
  } catch {
    return false;
  }
};

/** Local times between which only critical messages pass. */
export const QuietHours = z
  .strictObject({
    from: localTime,
    to: localTime,
    timeZone: boundedText(60).refine(isTimeZone, "a time zone such as Europe/Berlin"),
  })
  .refine(({ from, to }) => from !== to, { path: ["to"], message: "another time than the beginning" });
export type QuietHours = z.infer<typeof QuietHours>;

/** Where a new channel leads. A webhook's secret is made by the server and shown once. */
export const ChannelTarget = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("email"), address: boundedText(EMAIL_MAX).pipe(z.email("an e-mail address")) }),
    z.strictObject({ kind: z.literal("slack"), url: webUrlText(500) }),
    z.strictObject({ kind: z.literal("discord"), url: webUrlText(500) }),
    z.strictObject({
      kind: z.literal("telegram"),
      botToken: patternText(/^\d{3,20}:[\w-]{20,80}$/, "a bot's token, as @BotFather gives it", 110),
      chatId: patternText(/^(-?\d{1,20}|@\w{3,40})$/, "a chat's number, or @channel", 41),
    }),
    z.strictObject({ kind: z.literal("webhook"), url: webUrlText(500) }),
    z.strictObject({
      kind: z.literal("pagerduty"),
      routingKey: patternText(/^[\w-]{20,64}$/, "an integration key of Events API v2", 64),
    }),
  ])
  .meta({ examples: [{ kind: "webhook", url: "https://example.org/hooks/omniphi" }] });
export type ChannelTarget = z.infer<typeof ChannelTarget>;

const settings = {
  name: nameText(CHANNEL_NAME_MAX_CHARACTERS),
  minSeverity: z.enum(SEVERITIES),
  quietHours: QuietHours.nullable(),
};

export const CreateChannelInput = z.strictObject({
  name: settings.name,
  target: ChannelTarget,
  minSeverity: settings.minSeverity.default("warning"),
  quietHours: settings.quietHours.default(null),
});
export const ChannelRef = z.strictObject({ channelId: notificationsDomain.idText("channel") });
/** What is left out stays. */
export const UpdateChannelInput = ChannelRef.extend({
  name: settings.name.optional(),
  minSeverity: settings.minSeverity.optional(),
  quietHours: settings.quietHours.optional(),
  isPaused: z.boolean().optional(),
});
export const ConfirmChannelInput = ChannelRef.extend({
  code: patternText(new RegExp(`^\\d{${CONFIRMATION_CODE_DIGITS}}$`), `${CONFIRMATION_CODE_DIGITS} digits`, 20).meta({
    examples: ["12345678"],
  }),
});
export const ListChannelsInput = z.strictObject({ ...listInput });
export const DeliveryRef = z.strictObject({ deliveryId: notificationsDomain.idText("delivery") });
export const ListDeliveriesInput = z.strictObject({
  ...listInput,
  channelId: notificationsDomain.idText("channel").optional(),
  status: z.enum(DELIVERY_STATUSES).optional(),
});

/** A channel as its organisation sees it: where it leads is masked. */
export const Channel = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(CHANNEL_KINDS),
    status: z.enum(CHANNEL_STATUSES),
    maskedTarget: z.string(),
    minSeverity: z.enum(SEVERITIES),
    quietHours: z.object({ from: z.string(), to: z.string(), timeZone: z.string() }).nullable(),
    isPaused: z.boolean(),
    /** What came of the newest message; null while there was none. */
    lastDelivery: z
      .object({ status: z.enum(DELIVERY_STATUSES), at: z.string(), result: z.string().nullable() })
      .nullable(),
    createdAt: z.string(),
  })
  .meta({ id: "NotificationChannel" });
export type Channel = z.infer<typeof Channel>;
export const ChannelPage = z.object({ items: z.array(Channel), nextCursor: z.string().nullable() });

/** `webhookSecret` is shown this once, and null for every other kind. */
export const CreatedChannel = z.object({ channel: Channel, webhookSecret: z.string().nullable() });

export const Delivery = z
  .object({
    id: z.string(),
    channelId: z.string(),
    channelName: z.string(),
    channelKind: z.enum(CHANNEL_KINDS),
    title: z.string(),
    severity: z.enum(SEVERITIES),
    phase: z.enum(["firing", "resolved", "note"]),
    status: z.enum(DELIVERY_STATUSES),
    isTest: z.boolean(),
    attempts: z.number().int(),
    lastResult: z.string().nullable(),
    tries: z.array(z.object({ at: z.string(), result: z.string() })),
    nextTryAt: z.string().nullable(),
    deliveredAt: z.string().nullable(),
    createdAt: z.string(),
  })
  .meta({ id: "NotificationDelivery" });
export type Delivery = z.infer<typeof Delivery>;
export const DeliveryPage = z.object({ items: z.array(Delivery), nextCursor: z.string().nullable() });

/** Which kinds this installation can send, and why not. */
export const ChannelKinds = z.object({
  kinds: z.array(z.object({ kind: z.enum(CHANNEL_KINDS), unavailableBecause: z.string().nullable() })),
});
