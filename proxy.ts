import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { env } from "@/env";
import { ORGANIZATION_HEADER } from "@/lib/organization-header";
import { isSecureOrigin, readCookie, sessionCookieName } from "@/server/auth/session-cookie";
import { newRequestId, REQUEST_ID_HEADER } from "@/server/http/request-origin";
import { COMMON_SECURITY_HEADERS, contentSecurityPolicy, HSTS } from "@/server/http/security-headers";
import { needsSignIn, organizationOfPath } from "@/server/http/signed-in-paths";

/**
 * Names the request, gives the page its content security policy, and sends people without a session cookie to the sign-in page. The last is
 * comfort only: every page and procedure asks for itself.
 */
export function proxy(request: NextRequest): NextResponse {
  const isSecure = isSecureOrigin(env.PUBLIC_URL);
  const requestId = newRequestId();
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy({ nonce, isSecure, isDevelopment: env.NODE_ENV === "development" });

  // Next reads the nonce out of this request header and puts it on its own scripts.
  const headers = new Headers(request.headers);
  headers.set(REQUEST_ID_HEADER, requestId);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);

  const { pathname, search } = request.nextUrl;
  // The address of a page names its organisation and nothing else does; calls of the API name theirs themselves.
  if (!pathname.startsWith("/api/")) {
    const slug = organizationOfPath(pathname);
    if (slug === null) headers.delete(ORGANIZATION_HEADER);
    else headers.set(ORGANIZATION_HEADER, slug);
  }
  const hasCookie = readCookie(request.headers, sessionCookieName(env.PUBLIC_URL)) !== undefined;
  const response =
    needsSignIn(pathname) && !hasCookie
      ? NextResponse.redirect(new URL(`/sign-in?next=${encodeURIComponent(pathname + search)}`, env.PUBLIC_URL))
      : NextResponse.next({ request: { headers } });

  for (const [name, value] of Object.entries(COMMON_SECURITY_HEADERS)) response.headers.set(name, value);
  response.headers.set("content-security-policy", policy);
  if (isSecure) response.headers.set("strict-transport-security", HSTS);
  response.headers.set(REQUEST_ID_HEADER, requestId);
  return response;
}

export const config = {
  // Built files are the same for everybody. What is under /api and /metrics passes the admission, which does all this for itself: the framework
  // would hold such a request here until its whole body has come, and keep no more of it than ten megabytes.
  matcher: ["/((?!_next/static|_next/image|api/|metrics$).*)"],
};
