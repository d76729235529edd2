import type { CallOptions } from "./call-options";

/** Where a channel leads, with all that is needed to send there. */
export type MessengerTarget =
  | { readonly kind: "email"; readonly address: string }
  | { readonly kind: "slack" | "discord"; readonly url: string }
  | { readonly kind: "telegram"; readonly botToken: string; readonly chatId: string }
  | { readonly kind: "webhook"; readonly url: string; readonly secret: string }
  | { readonly kind: "pagerduty"; readonly routingKey: string };

/** What is told. */
export type OutgoingMessage = {
  /** The same for every try, so that a receiver that got it twice can tell. */
  readonly id: string;
  readonly at: Date;
  readonly topic: string;
  readonly severity: "info" | "warning" | "error" | "critical";
  readonly phase: "firing" | "resolved" | "note";
  /** What belongs together: the firing and the end of one alert. */
  readonly threadKey: string;
  readonly title: string;
  readonly body: string;
  /** Paths within the installation. */
  readonly links: readonly { readonly label: string; readonly path: string }[];
};

/** Brings messages to people's own systems. */
export type Messenger = {
  /** Why nothing of that kind can be sent from this installation; null where it can. */
  whyUnavailable(kind: MessengerTarget["kind"]): string | null;
  /** Looks at the target without asking it anything. @throws invalid notifications.bad_target */
  check(target: MessengerTarget): void;
  /** Answers what the receiver said, in one sentence without any secret. @throws upstream_unavailable, upstream_rejected, rate_limited, timeout */
  send(target: MessengerTarget, message: OutgoingMessage, options?: CallOptions): Promise<string>;
};
