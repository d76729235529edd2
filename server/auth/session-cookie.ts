import { BROWSER_SESSION_TTL_SECONDS } from "@/server/domains/identity/constants";

/** Whether cookies carry `Secure`: on https only, since a browser would drop them on plain http. */
export const isSecureOrigin = (publicUrl: string): boolean => new URL(publicUrl).protocol === "https:";

/**
 * `__Host-` binds the cookie to this host, path / and https (RFC 6265bis, 4.1.3). Plain http on a developer's machine cannot have it; there the port is
 * in the name, since browsers give a cookie to every port of a host and copies of the product run side by side.
 */
export function sessionCookieName(publicUrl: string): string {
  const { port } = new URL(publicUrl);
  if (isSecureOrigin(publicUrl)) return "__Host-omniphi-session";
  return port === "" ? "omniphi-session" : `omniphi-session-${port}`;
}

/** Attributes of the session cookie; the value is the opaque token and nothing else. */
export const sessionCookieOptions = (publicUrl: string) => ({
  httpOnly: true,
  sameSite: "lax" as const,
  path: "/",
  secure: isSecureOrigin(publicUrl),
  maxAge: BROWSER_SESSION_TTL_SECONDS,
});

/** The `Set-Cookie` value that removes the session cookie. */
export function clearedSessionCookie(publicUrl: string): string {
  const secure = isSecureOrigin(publicUrl) ? "; Secure" : "";
  return `${sessionCookieName(publicUrl)}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}`;
}

/** Value of a cookie of a request; undefined when absent, and when sent twice, since it is unclear which is meant. */
export function readCookie(headers: Headers, name: string): string | undefined {
  const found = (headers.get("cookie") ?? "")
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`));
  return found.length === 1 ? found[0]?.slice(name.length + 1) : undefined;
}
