import { createEnv } from "@t3-oss/env-core";
import { z } from "zod";

const secret = z
  .string()
  .min(32, "at least 32 characters; npm start makes one")
  .refine(
    (value) => !/changeme|placeholder|example|secret123/i.test(value),
    "a known placeholder; generate a random one",
  );
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
    METRICS_TOKEN: secret,
    INNGEST_BASE_URL: z.url().optional(),
    INNGEST_EVENT_KEY: z.string().min(8),
    INNGEST_SIGNING_KEY: z.string().regex(/^signkey-[a-z]+-[0-9a-f]+$/, "signkey-<environment>-<hex>"),
    ENGINE_PORT: port.optional(),
    ENGINE_URL: z.url().optional(),
    LOCALNET_HOME: z.string().optional(),
    POSD_BINARY: z.string().optional(),
    DOCKER_SOCKET_PATH: z.string().default("/var/run/docker.sock"),
  },
  runtimeEnv: process.env,
  emptyStringAsUndefined: true,
  skipValidation: process.env.OMNIPHI_SKIP_ENV_VALIDATION === "image-build",
});
