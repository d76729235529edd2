import { createTransport } from "nodemailer";
import { allowedUrl, GuardedFetchError, guardedStatus, type Reach } from "@/lib/os/guarded-fetch";
import {
  type AppError,
  invalid,
  rateLimited,
  timedOut,
  upstreamRejected,
  upstreamUnavailable,
} from "@/server/kernel/errors";
import type { Messenger, MessengerTarget, OutgoingMessage } from "@/server/ports/messenger";
import { withDeadline } from "@/server/ports/with-deadline";
import { absoluteLinks, headlineOf, plainText, VENDOR_ORIGINS, type VendorOrigins, webRequestOf } from "./web-request";

const SEND_TIMEOUT_MS = 10_000;

const NAMES: Readonly<Record<MessengerTarget["kind"], string>> = {
  email: "The mail server",
  slack: "Slack",
  discord: "Discord",
  telegram: "Telegram",
  webhook: "The webhook's receiver",
  pagerduty: "PagerDuty",
};

export type MailSettings = {
  /** `smtp://` or `smtps://`, with name and password where the server asks for them. */
  readonly smtpUrl: string;
  readonly from: string;
};

type MessengerConfig = {
  readonly publicUrl: string;
  /** Null where this installation has no mail server. */
  readonly mail: MailSettings | null;
  /** Where addresses that people give may lead. Only tests say `own`. */
  readonly reach: Reach;
  /** Origins in a network of the operator's own that may be told as well, by http too. */
  readonly ownOrigins?: readonly string[];
  readonly origins?: VendorOrigins;
  readonly now?: () => Date;
};

const NO_MAIL = "This installation has no mail server. Its operator sets SMTP_URL and MAIL_FROM.";

const failed = (kind: MessengerTarget["kind"], what: string, cause?: unknown): AppError =>
  upstreamUnavailable("notifications.receiver_unavailable", `${NAMES[kind]} ${what}`, { cause });

/** What a web receiver's status means; a redirect is refused before. */
function judge(kind: MessengerTarget["kind"], status: number, retryAfter: string | undefined): string {
  if (status >= 200 && status < 300) return `${NAMES[kind]} took it (HTTP ${status}).`;
  if (status === 429) {
    const seconds = Number(retryAfter);
    throw rateLimited("notifications.receiver_busy", `${NAMES[kind]} asks for fewer messages (HTTP 429).`, {
      ...(Number.isFinite(seconds) && seconds > 0 ? { retryAfterSeconds: Math.min(seconds, 3_600) } : {}),
    });
  }
  if (status >= 500 || status === 408) throw failed(kind, `failed (HTTP ${status}).`);
  throw upstreamRejected(
    "notifications.receiver_refused",
    `${NAMES[kind]} refused it (HTTP ${status}). Check the channel's address and key.`,
  );
}

/** Sends by mail, and by web requests to receivers that people name. No error repeats an address or a key. */
export function createMessenger(config: MessengerConfig): Messenger {
  const { publicUrl, mail, reach, ownOrigins = [], origins = VENDOR_ORIGINS, now = () => new Date() } = config;
  // What the operator names in the settings is trusted as the operator is: a Bot API server of theirs as a receiver of theirs.
  const vendors: readonly string[] = Object.values(VENDOR_ORIGINS);
  const own = [...ownOrigins, ...Object.values(origins).filter((origin) => !vendors.includes(origin))];
  const reachOf = (url: string): Reach =>
    reach === "own" || (URL.canParse(url) && own.includes(new URL(url).origin)) ? "own" : "public";
  const transport =
    mail === null
      ? null
      : createTransport(mail.smtpUrl, {
          from: mail.from,
          disableFileAccess: true,
          disableUrlAccess: true,
        } as never);

  async function sendMail(address: string, message: OutgoingMessage, from: string): Promise<string> {
    if (transport === null) throw upstreamRejected("notifications.no_mail", NO_MAIL);
    const domain = new URL(publicUrl).hostname;
    try {
      await transport.sendMail({
        from,
        to: { name: "", address },
        subject: headlineOf(message),
        text: plainText(message, publicUrl),
        html: htmlOf(message, publicUrl),
        messageId: `<${message.id}@${domain}>`,
        headers: { "Auto-Submitted": "auto-generated", "X-Omniphi-Thread": message.threadKey },
        date: message.at,
      });
      return "The mail server took it.";
    } catch (thrown) {
      const code = (thrown as { responseCode?: unknown }).responseCode;
      if (typeof code === "number" && code >= 500) {
        throw upstreamRejected("notifications.receiver_refused", `The mail server refused it (SMTP ${code}).`, {
          cause: thrown,
        });
      }
      throw failed(
        "email",
        typeof code === "number" ? `did not take it now (SMTP ${code}).` : "does not answer.",
        thrown,
      );
    }
  }

  async function sendToWeb(
    target: Exclude<MessengerTarget, { kind: "email" }>,
    message: OutgoingMessage,
    signal: AbortSignal,
  ) {
    const request = webRequestOf(target, message, { publicUrl, origins, now: now() });
    // What a receiver says besides its status is not kept; some say nothing, some a page.
    let answer: Awaited<ReturnType<typeof guardedStatus>>;
    try {
      answer = await guardedStatus(request.url, {
        reach: reachOf(request.url),
        method: "POST",
        headers: { ...request.headers, "content-length": String(Buffer.byteLength(request.body)) },
        body: request.body,
        signal,
      });
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      if (thrown instanceof GuardedFetchError) {
        const code =
          thrown.reason === "refused" ? "notifications.receiver_not_asked" : "notifications.receiver_refused";
        const what = thrown.reason === "refused" ? "was not asked" : "gave no answer that is taken";
        throw upstreamRejected(code, `${NAMES[target.kind]} ${what}. ${thrown.message}`, { cause: thrown });
      }
      throw failed(target.kind, "does not answer.", thrown);
    }
    const retryAfter = answer.headers["retry-after"];
    return judge(target.kind, answer.status, retryAfter);
  }

  return {
    whyUnavailable: (kind) => (kind === "email" && mail === null ? NO_MAIL : null),
    check: (target) => {
      if (!("url" in target)) return;
      try {
        const targetReach = reachOf(target.url);
        const url = allowedUrl(target.url, targetReach);
        if (targetReach === "public" && url.protocol !== "https:") {
          throw new GuardedFetchError("refused", "Only https is asked, since the message tells of your validators.");
        }
      } catch (thrown) {
        if (!(thrown instanceof GuardedFetchError)) throw thrown;
        throw invalid("notifications.bad_target", `This address is not asked. ${thrown.message}`, {
          fieldErrors: { "target.url": [thrown.message] },
        });
      }
    },
    send: (target, message, options) =>
      withDeadline(
        {
          options,
          defaultMs: SEND_TIMEOUT_MS,
          onTimeout: () => timedOut("notifications.receiver_timeout", `${NAMES[target.kind]} did not answer in time.`),
          onAbort: () => failed(target.kind, "was not waited for."),
        },
        (signal) =>
          target.kind === "email"
            ? sendMail(target.address, message, mail?.from ?? "")
            : sendToWeb(target, message, signal),
      ),
  };
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const htmlOf = (message: OutgoingMessage, publicUrl: string): string =>
  [
    `<p><strong>${escapeHtml(headlineOf(message))}</strong></p>`,
    ...message.body.split("\n").map((line) => `<p>${escapeHtml(line)}</p>`),
    ...absoluteLinks(message, publicUrl).map(
      ({ label, url }) => `<p><a href="${escapeHtml(url)}">${escapeHtml(label)}</a></p>`,
    ),
  ].join("\n");
