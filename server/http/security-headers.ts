import { BRIDGE_ORIGINS } from "@/lib/contracts/agent/bridge";

/** On every answer of ours, page or data, good or bad. */
export const COMMON_SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
};

/** Two years with subdomains; sent on https alone (RFC 6797, 7.2). */
export const HSTS = "max-age=63072000; includeSubDomains";

/** For JSON: nothing in it may run, be framed or be kept by a cache. */
export const API_SECURITY_HEADERS: Readonly<Record<string, string>> = {
  ...COMMON_SECURITY_HEADERS,
  "content-security-policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

/**
 * Policy of a page: scripts only with this answer's nonce and what those load; styles may be inline, since positioned menus set them on
 * elements; the server is the only place that pages talk to, besides the agent of the machine that the browser runs on.
 */
export function contentSecurityPolicy(options: {
  readonly nonce: string;
  readonly isSecure: boolean;
  readonly isDevelopment: boolean;
}): string {
  return [
    "default-src 'self'",
    // React's development build evaluates code to rebuild server stack traces.
    `script-src 'self' 'nonce-${options.nonce}' 'strict-dynamic'${options.isDevelopment ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${BRIDGE_ORIGINS.join(" ")}${options.isDevelopment ? " ws: wss:" : ""}`,
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    ...(options.isSecure ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
