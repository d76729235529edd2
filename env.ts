import { createEnv } from "@t3-oss/env-core";
import { z } from "zod";

const secret = z
  .string()
  .min(32, "at least 32 characters; npm start makes one")
  .refine(
    (value) => !/changeme|placeholder|example|secret123/i.test(value),
    "a known placeholder; generate a random one",
  );
/** Hexadecimal, as `openssl rand -hex 32` makes it; the SDK takes a prefix off, an Inngest server takes none. */
const SIGNING_KEY = /^(signkey-[a-z0-9]+-)?([0-9a-f]{2})+$/i;
const CLOUD_HOST = /(^|\.)(inngest\.com|inn\.gs)$/i;

/** Settings that no process starts with: each by its name, with what it should be. */
export class SettingsError extends Error {
  readonly problems: readonly { readonly name: string; readonly problem: string }[];

  constructor(problems: SettingsError["problems"]) {
    super(`These settings are wrong. ${problems.map(({ name, problem }) => `${name}: ${problem}`).join("; ")}`);
    this.problems = problems;
  }
}

const webOrigin = z
  .url({ protocol: /^https?$/, error: "an http(s) address" })
  .refine((url) => new URL(url).origin === url.replace(/\/$/, ""), "an origin alone, without a path")
  .transform((url) => new URL(url).origin);

/** Origins between commas; what is none of them is refused by name. */
const listOfOrigins = (text: string, context: z.RefinementCtx): string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .flatMap((part) => {
      const parsed = webOrigin.safeParse(part);
      if (parsed.success) return parsed.data;
      context.addIssue({ code: "custom", message: `${part} is no origin, such as https://chat.example.org:8443` });
      return [];
    });

const port = z.coerce.number().int().min(1).max(65_535);

/**
 * All settings of all processes, checked at start. Secrets are made once by `npm start` and kept under the data directory; in production they
 * are given from outside. What each is for stands in `.env.example`, which a test keeps equal to this list.
 */
export const env = createEnv({
  server: {
    NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
    LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
    HOST: z.string().default("127.0.0.1"),
    PORT: port.default(3000),
    PUBLIC_URL: z.url().default("http://localhost:3000"),
    SECURITY_CONTACT: z
      .url({ protocol: /^(mailto|https|tel)$/, error: "mailto:, https: or tel:, as RFC 9116 asks for" })
      .optional(),
    TRUSTED_PROXY_COUNT: z.coerce.number().int().min(0).max(5).default(0),
    OMNIPHI_DATA_DIR: z.string().min(1).default(".data"),
    DATABASE_URL: z.url({
      protocol: /^postgres(ql)?$/,
      error: "a postgres:// URL; npm start runs its own server when it is unset",
    }),
    AUTH_SECRET: secret,
    SECRETS_KEK_BASE64: z.string().refine((text) => Buffer.from(text, "base64").length === 32, "32 bytes in base64"),
    SECRETS_PREVIOUS_KEK_BASE64: z
      .string()
      .refine((text) => Buffer.from(text, "base64").length === 32, "32 bytes in base64")
      .optional(),
    METRICS_TOKEN: secret,
    SMTP_URL: z.url({ protocol: /^smtps?$/, error: "smtp:// or smtps:// with the mail server's address" }).optional(),
    MAIL_FROM: z.string().min(3).max(320).optional(),
    OWN_RECEIVERS: z.string().default("").transform(listOfOrigins),
    TELEGRAM_API_URL: webOrigin.default("https://api.telegram.org"),
    PAGERDUTY_EVENTS_URL: webOrigin.default("https://events.pagerduty.com"),
    INNGEST_BASE_URL: z
      .url({ protocol: /^https?$/, error: "the http(s) address of an Inngest server" })
      .refine(
        (url) => !CLOUD_HOST.test(new URL(url).hostname),
        "the address of a server of your own; Inngest Cloud takes events and calls at two hosts and is not supported",
      )
      .optional(),
    INNGEST_DEV: z
      .enum(["0", "false"], "unset or 0; Inngest's development mode signs nothing, and unsigned calls are refused")
      .optional(),
    INNGEST_EVENT_KEY: z
      .string()
      .regex(/^[\w-]{8,}$/, "at least 8 letters and digits, as `openssl rand -hex 32` makes"),
    INNGEST_SIGNING_KEY: z
      .string()
      .regex(SIGNING_KEY, "hexadecimal with an even number of digits, as `openssl rand -hex 32` makes"),
    ENGINE_PORT: port.optional(),
    ENGINE_URL: z.url().optional(),
    LOCALNET_HOME: z.string().optional(),
    POSD_BINARY: z.string().optional(),
    DOCKER_SOCKET_PATH: z.string().default("/var/run/docker.sock"),
  },
  runtimeEnv: process.env,
  emptyStringAsUndefined: true,
  onValidationError: (issues) => {
    throw new SettingsError(issues.map(({ path, message }) => ({ name: String(path?.[0]), problem: message })));
  },
  skipValidation: process.env.OMNIPHI_SKIP_ENV_VALIDATION === "image-build",
});
