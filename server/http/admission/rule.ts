import type { Authentication } from "@/server/auth/authenticate";
import type { RequestOrigin } from "@/server/kernel/context";
import type { Settings } from "@/server/runtime/settings";
import { DEADLINE_MS } from "../deadline";
import type { RateLimitClass } from "../rate-limit-classes";

/** Largest request body where a rule says nothing else, in bytes. */
export const MAX_BODY_BYTES = 1_048_576;

/** What a rule may look at before anything of the body is read. */
export type Asking = {
  readonly request: Request;
  readonly url: URL;
  readonly auth: Authentication;
  readonly origin: RequestOrigin;
  readonly settings: Settings;
};

/** What one entry point lets in: every request is measured against one of these, whatever the transport. */
export type AdmissionRule = {
  /** What is asked, in audit rows and logs, e.g. `POST /api/v1/faucet`. */
  readonly operation: string;
  /** Label of its figures: a template, never a path, so that ids make no series. */
  readonly route: string;
  /** How the body is read: not at all, as one JSON object, or as the bytes that came (for what is signed). */
  readonly body: "none" | "json" | "bytes";
  readonly maxBodyBytes: number;
  /** From the first byte of the request to the head of the answer. */
  readonly deadlineMs: number;
  /** Null where nothing is drawn: what answers while the database is away, or checks a signature instead. */
  readonly rateLimit: RateLimitClass | null;
  /** Name of the bucket where the class has one for each operation. */
  readonly bucket: string;
  /** Whether a credential is looked for; where not, nobody asks. */
  readonly readsCredential: boolean;
  /** Whether other sites' pages may make a browser send this: only without a cookie, or not at all. */
  readonly sameOrigin: "any" | "with_cookie" | "always";
  /** Whether an Idempotency-Key counts here. A sign-in must look anew each time, or a stolen key would be given the first answer. */
  readonly keepsIdempotency: boolean;
  /** Refuses before the body is read. */
  readonly assertMay: (asking: Asking) => void;
  /** Values that the path names; the first id among them and the input is the target of an audited refusal. */
  readonly named: readonly unknown[];
};

/** A rule from what differs from the usual: nobody in particular, no body, no limits but time. */
export const admissionRule = (
  rule: Pick<AdmissionRule, "operation" | "route"> & Partial<AdmissionRule>,
): AdmissionRule => ({
  body: "none",
  maxBodyBytes: MAX_BODY_BYTES,
  deadlineMs: DEADLINE_MS,
  rateLimit: null,
  bucket: rule.operation,
  readsCredential: false,
  sameOrigin: "any",
  keepsIdempotency: false,
  assertMay: () => {},
  named: [],
  ...rule,
});
