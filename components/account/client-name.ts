import type { Session } from "@/server/domains/identity/schemas";

/** Names in the order in which they must be looked for: a browser's own text names others, too. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bFirefox\//, "Firefox"],
  [/\b(?:Headless)?Chrome\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone|iPad\b/, "iOS"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMacintosh\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];
const found = (names: readonly (readonly [RegExp, string])[], text: string) =>
  names.find(([pattern]) => pattern.test(text))?.[1];

/** A few words for what holds a session: browser and system, or the program's own name. */
export function clientName(session: Pick<Session, "kind" | "userAgent">): string {
  const text = session.userAgent ?? "";
  if (text === "") return session.kind === "api" ? "A program over the API" : "A browser";
  const browser = found(BROWSERS, text);
  const system = found(SYSTEMS, text);
  if (browser) return system ? `${browser} on ${system}` : browser;
  return text.split(/[\s/]/, 1)[0] ?? "A program over the API";
}
