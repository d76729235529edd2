import { z } from "zod";

const text = z.string().min(1);
const limit = z.number().int().min(1).max(1_000_000);

const trigger = z.union([
  z.strictObject({ event: text, expression: z.string().optional() }),
  z.strictObject({ cron: text }),
]);

const concurrencyRule = z.strictObject({
  limit: z.number().int().min(0).max(1_000_000),
  key: text.optional(),
  scope: z.enum(["fn", "env", "account"]).optional(),
});

/** One function of a registration. Its members are all that the engine implements: an unknown one is refused, not ignored. */
export const registeredFunction = z.strictObject({
  id: text.max(512),
  name: z.string().optional(),
  triggers: z.array(trigger),
  steps: z.strictObject({
    step: z.strictObject({
      id: text,
      name: z.string(),
      runtime: z.strictObject({ type: z.literal("http"), url: z.url({ protocol: /^https?$/ }) }),
      retries: z.strictObject({ attempts: z.number().int().min(0).max(100).optional() }).optional(),
    }),
  }),
  idempotency: text.optional(),
  concurrency: z.union([limit.or(z.literal(0)), concurrencyRule, z.array(concurrencyRule).max(2)]).optional(),
  cancel: z.array(z.strictObject({ event: text, if: text.optional(), timeout: text.optional() })).optional(),
  debounce: z.strictObject({ key: text.optional(), period: text, timeout: text.optional() }).optional(),
  rateLimit: z.strictObject({ key: text.optional(), limit, period: text }).optional(),
  throttle: z.strictObject({ key: text.optional(), limit, period: text, burst: limit.optional() }).optional(),
  priority: z.strictObject({ run: text.optional() }).optional(),
  timeouts: z.strictObject({ start: text.optional(), finish: text.optional() }).optional(),
});

/** One function as the SDK describes it. */
export type RegisteredFunction = z.infer<typeof registeredFunction>;

/**
 * The body of `POST /fn/register` as SDK 4 sends it (Inngest SDK specification 4.3.2). The envelope may grow with SDK versions, since nothing in
 * it changes what a function does; the functions may not.
 */
export const registration = z.object({
  url: z.url({ protocol: /^https?$/ }),
  deployType: z.literal("ping"),
  appName: text.max(256),
  framework: z.string().optional(),
  sdk: z.string(),
  v: z.literal("0.1"),
  functions: z.array(z.unknown()).max(2_000),
});
