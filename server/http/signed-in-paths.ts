/** Where the console begins; everything below these needs a session. */
const SIGNED_IN_PREFIXES = ["/app", "/validators", "/account", "/admin"];

/** Whether a page makes sense only for somebody signed in. */
export const needsSignIn = (pathname: string): boolean =>
  SIGNED_IN_PREFIXES.some((prefix) => pathname === prefix || pathname.startsWith(`${prefix}/`));

/** Where to go after signing in: a path of this site, or the given home for anything else. */
export function safeNextPath(next: string | null | undefined, home: string): string {
  // A second slash or a backslash would make the browser read a host.
  if (!next || !/^\/(?![/\\])[^\\\s]*$/.test(next)) return home;
  const parsed = new URL(next, "http://own.invalid");
  return parsed.origin === "http://own.invalid" ? parsed.pathname + parsed.search + parsed.hash : home;
}
