import type { Actor } from "@/server/kernel/context";
import { rateLimited } from "@/server/kernel/errors";
import { countedAddress } from "./rate-limit-classes";

/** Open streams on this process, downloads among them: of one person, however many tokens they have; a console has one per open tab and page. */
const MAX_PER_PERSON = 20;
const MAX_PER_ORGANIZATION = 100;
/** An office may share an address, and one machine may hold many accounts. */
const MAX_PER_ADDRESS = 200;
const MAX_STREAMS = 2_000;

/** A file is made on the thread that answers everybody, so a person has few at once and a process not many. */
const MAX_DOWNLOADS_PER_PERSON = 2;
const MAX_DOWNLOADS = 8;

/** Somebody or something that a stream counts for, and how many it may have. */
export type StreamHolder = { readonly key: string; readonly limit: number };

/** Whom a stream counts for: the person and the organisation behind the credential, and where it comes from. */
export function streamHolders(asker: {
  readonly actor: Actor;
  readonly organizationId: string | null;
  readonly origin: { readonly ipAddress: string | null };
}): StreamHolder[] {
  const { actor, organizationId } = asker;
  const address = `ip:${countedAddress(asker.origin.ipAddress)}`;
  if (!("userId" in actor)) return [{ key: address, limit: MAX_PER_PERSON }];
  return [
    { key: `user:${actor.userId}`, limit: MAX_PER_PERSON },
    ...(organizationId === null ? [] : [{ key: `organization:${organizationId}`, limit: MAX_PER_ORGANIZATION }]),
    { key: address, limit: MAX_PER_ADDRESS },
  ];
}

/** For whom a download counts besides. */
export const downloadHolders = (holders: readonly StreamHolder[]): StreamHolder[] => [
  ...holders,
  ...holders.slice(0, 1).map(({ key }) => ({ key: `download:${key}`, limit: MAX_DOWNLOADS_PER_PERSON })),
  { key: "downloads", limit: MAX_DOWNLOADS },
];

const openByHolder = new Map<string, number>();
let openStreams = 0;

/** Takes a slot of each holder; the returned function gives them back and may be called twice. @throws rate_limited http.too_many_streams */
export function claimStream(holders: readonly StreamHolder[]): () => void {
  const isFull = holders.some(({ key, limit }) => (openByHolder.get(key) ?? 0) >= limit);
  if (isFull || openStreams >= MAX_STREAMS) {
    throw rateLimited(
      "http.too_many_streams",
      "Too many live views and downloads are open. Close one or wait for its end, then try again.",
      {
        retryAfterSeconds: 5,
      },
    );
  }
  for (const { key } of holders) openByHolder.set(key, (openByHolder.get(key) ?? 0) + 1);
  openStreams += 1;
  let isHeld = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    openStreams -= 1;
    for (const { key } of holders) {
      const left = (openByHolder.get(key) ?? 1) - 1;
      if (left === 0) openByHolder.delete(key);
      else openByHolder.set(key, left);
    }
  };
}

/** How many streams and downloads are open on this process now. */
export const countOpenStreams = (): number => openStreams;
