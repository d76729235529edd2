import "server-only";
import { type BadgeState, drawBadge } from "@/lib/badge/draw-badge";
import { formatInstant } from "@/lib/format/format-instant";
import { writtenOut } from "@/lib/names/unseen";
import { getPublicValidator } from "@/server/domains/validators";
import type { PublicValidator } from "@/server/domains/validators/public-page/schemas";
import { makeServiceCtx } from "@/server/runtime/service-context";
import { admitting } from "./admission/entry";
import { type AdmissionRule, admissionRule } from "./admission/rule";

const PATH = /^\/v\/([^/]+)\/badge\.svg$/;
/** Pages that embed it may keep it for so long; the picture itself says of which moment it is. */
const MAX_AGE_SECONDS = 60;

/** The words of a standing, which are the pages' own. */
type Judge = (standing: PublicValidator["standing"]) => { readonly state: BadgeState; readonly word: string };
type Rule = AdmissionRule & { readonly operatorAddress: string };

const ruleOf = (operatorAddress: string): Rule => ({
  ...admissionRule({ operation: "GET /v/{operator}/badge.svg", route: "/v/{operator}/badge.svg", rateLimit: "read" }),
  operatorAddress,
});

/** Answers with the badge of a validator whose page is published; of every other one there is none. */
export const badgeHandler = (judge: Judge) =>
  admitting<Rule>({
    find: (method, url) => {
      const operatorAddress = PATH.exec(url.pathname)?.[1];
      if (operatorAddress === undefined) return { kind: "not_found" };
      if (method !== "GET") return { kind: "method_not_allowed", allowed: ["GET"] };
      return { kind: "found", rule: ruleOf(operatorAddress) };
    },
    answer: async ({ runtime, origin }, { operatorAddress }) => {
      const ctx = await makeServiceCtx(runtime, { actor: { kind: "anonymous" }, organizationId: null, origin });
      const now = ctx.now();
      const { moniker, standing } = await getPublicValidator(ctx, { operatorAddress });
      const name = writtenOut(moniker);
      const { state, word } = judge(standing);
      const title = `${name}: ${word.toLowerCase()}, as of ${formatInstant(now.getTime(), "UTC")}`;
      return new Response(drawBadge({ name, state, word, title }), {
        headers: {
          "content-type": "image/svg+xml; charset=utf-8",
          "cache-control": `public, max-age=${MAX_AGE_SECONDS}`,
          "last-modified": now.toUTCString(),
          // Other people's pages are what it is for.
          "cross-origin-resource-policy": "cross-origin",
          "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        },
      });
    },
  });
