import "server-only";
import { NextRequest } from "next/server";
import type { Admitted } from "@/server/http/admission/admit";
import { admitting } from "@/server/http/admission/entry";
import { type AdmissionRule, admissionRule } from "@/server/http/admission/rule";
import { REQUEST_ID_HEADER } from "@/server/http/request-origin";
import { authJsHandlers } from "./auth-js";

const reading = (path: string): AdmissionRule =>
  admissionRule({ operation: `GET ${path}`, route: path, rateLimit: "read", bucket: "browserRead" });
const signing = (path: string): AdmissionRule =>
  admissionRule({
    operation: `POST ${path}`,
    route: path,
    body: "json",
    rateLimit: "auth",
    bucket: "browserSignIn",
    sameOrigin: "always",
  });

/** What our pages use of Auth.js. Its other addresses, with the pages that it would make by itself, do not exist here. */
const RULES: Readonly<Record<string, Readonly<Record<string, AdmissionRule>>>> = {
  "/api/auth/csrf": { GET: reading("/api/auth/csrf") },
  "/api/auth/callback/wallet": { POST: signing("/api/auth/callback/wallet") },
  "/api/auth/signout": { POST: signing("/api/auth/signout") },
};

async function converse({ request, runtime, origin, body, limitSubject }: Admitted): Promise<Response> {
  const headers = new Headers(request.headers);
  headers.set(REQUEST_ID_HEADER, origin.requestId);
  const handlers = authJsHandlers(runtime, new Request(request.url, { headers }));
  if (request.method !== "POST") return handlers.GET(new NextRequest(request.url, { headers }));
  const { walletAddress } = body.json;
  if (typeof walletAddress === "string") await limitSubject(walletAddress.toLowerCase().slice(0, 120));
  const forwarded = new NextRequest(request.url, { method: "POST", headers, body: JSON.stringify(body.json) });
  return handlers.POST(forwarded);
}

/** Answers `/api/auth/*`: our admission first, then Auth.js. Sign-in posts must be JSON. */
export const handleAuthRequest = admitting({
  find: (method, { pathname }) => {
    const rules = Object.hasOwn(RULES, pathname) ? RULES[pathname] : undefined;
    if (!rules) return { kind: "not_found" };
    const rule = Object.hasOwn(rules, method) ? rules[method] : undefined;
    return rule ? { kind: "found", rule } : { kind: "method_not_allowed", allowed: Object.keys(rules) };
  },
  answer: converse,
});
