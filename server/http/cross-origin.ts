import { forbidden } from "@/server/kernel/errors";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether an Origin is this installation's; on a developer's machine the loopback names mean the same place. */
export function isOwnOrigin(origin: string, publicUrl: string): boolean {
  const own = new URL(publicUrl);
  if (origin === own.origin) return true;
  let other: URL;
  try {
    other = new URL(origin);
  } catch {
    return false;
  }
  return (
    LOOPBACK.has(own.hostname) &&
    LOOPBACK.has(other.hostname) &&
    other.protocol === own.protocol &&
    other.port === own.port
  );
}

/**
 * Refuses a state change that another site's page made the browser send. Browsers put `Origin` on every such request; where it is missing,
 * `Sec-Fetch-Site` must say same-origin. Needed only where the credential is a cookie.
 * @throws forbidden auth.cross_origin
 */
export function assertSameOrigin(headers: Headers, publicUrl: string): void {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  const isOwn = origin === null ? site === "same-origin" : isOwnOrigin(origin, publicUrl);
  if (!isOwn || (site !== null && site !== "same-origin")) {
    throw forbidden(
      "auth.cross_origin",
      "This request came from a page of another site, or does not say where it came from. Open the console at its own address and try again.",
    );
  }
}
