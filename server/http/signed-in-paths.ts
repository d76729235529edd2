/** Where the console begins; everything below these needs a session. */
const SIGNED_IN_PREFIXES = ["/o", "/validators", "/account", "/admin"];

/** Whether a page makes sense only for somebody signed in. */
export const needsSignIn = (pathname: string): boolean =>
  SIGNED_IN_PREFIXES.some((prefix) => pathname === prefix || pathname.startsWith(`${prefix}/`));

/** Slug of the organisation whose page it is; null where the address names none. */
export const organizationOfPath = (pathname: string): string | null => /^\/o\/([^/]+)/.exec(pathname)?.[1] ?? null;

/** Where to go after signing in: a path of this site, or the given home for anything else. */
export function safeNextPath(next: string | null | undefined, home: string): string {
  // A second slash or a backslash would make the browser read a host.
  if (!next || !/^\/(?![/\\])[^\\\s]*$/.test(next)) return home;
  const parsed = new URL(next, "http://own.invalid");
  return parsed.origin === "http://own.invalid" ? parsed.pathname + parsed.search + parsed.hash : home;
}
