import { rateLimited } from "@/server/kernel/errors";

/** Open streams of one caller on this process; a console has one per open tab and page. */
const MAX_STREAMS_PER_CALLER = 20;
const MAX_STREAMS = 2_000;

const openByCaller = new Map<string, number>();
let openStreams = 0;

/** Takes a slot; the returned function gives it back and may be called twice. @throws rate_limited http.too_many_streams */
export function claimStream(caller: string): () => void {
  const open = openByCaller.get(caller) ?? 0;
  if (open >= MAX_STREAMS_PER_CALLER || openStreams >= MAX_STREAMS) {
    throw rateLimited("http.too_many_streams", "Too many live views are open. Close one, then try again.", {
      retryAfterSeconds: 5,
    });
  }
  openByCaller.set(caller, open + 1);
  openStreams += 1;
  let isHeld = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    openStreams -= 1;
    const left = (openByCaller.get(caller) ?? 1) - 1;
    if (left === 0) openByCaller.delete(caller);
    else openByCaller.set(caller, left);
  };
}

/** How many streams are open on this process now. */
export const countOpenStreams = (): number => openStreams;
