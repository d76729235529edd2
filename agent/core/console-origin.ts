const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** The console's origin out of what the person gave. @throws where others on the way could read or change what is said */
export function consoleOrigin(text: string): string {
  const url = URL.parse(text);
  if (url === null) throw new Error(`--url ${text} is no address: give the console's, as https://cloud.example.org.`);
  if (url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.has(url.hostname))) return url.origin;
  throw new Error(`--url ${url.origin} is not asked: only https is, and plain http on this machine alone.`);
}
