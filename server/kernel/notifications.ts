import { setTimeout as delay } from "node:timers/promises";
import { type HeldConnection, holdConnection } from "./held-connection";
import type { Logger } from "./logger";

/** Told of each notification, and of null when some may have been missed: after the first LISTEN, and after every lost connection. */
type Hear = (payload: string | null) => void;

/** What a process hears of its database, on one connection for all channels. */
export type Notifications = {
  /** Hears a channel until the returned function is called; connects with the first. */
  hear(channel: string, hear: Hear): () => void;
  close(): Promise<void>;
};

const RETRY_MS = 250;

/** Listens for as long as the process lives: when the connection is lost or the database is away, on another one as soon as there is one. */
export function createNotifications(settings: {
  readonly databaseUrl: string;
  readonly applicationName: string;
  readonly logger: Logger;
}): Notifications {
  const { databaseUrl, applicationName, logger } = settings;
  const channels = new Map<string, Set<Hear>>();
  const closed = new AbortController();
  let listening: HeldConnection | undefined;
  let loop: Promise<void> | undefined;

  const tell = (channel: string, payload: string | null) => {
    for (const hear of [...(channels.get(channel) ?? [])]) hear(payload);
  };
  const listenTo = async ({ sql }: HeldConnection, channel: string) => {
    await sql.unsafe(`listen "${channel.replaceAll('"', '""')}"`);
    tell(channel, null);
  };
  const listenUntilLost = async () => {
    const connection = holdConnection(databaseUrl, { applicationName, onNotification: tell });
    try {
      // A channel that joins meanwhile is met by this loop too.
      for (const channel of channels.keys()) await listenTo(connection, channel);
      listening = connection;
      await aborted(AbortSignal.any([connection.lost, closed.signal]));
    } finally {
      listening = undefined;
      await connection.close();
    }
  };
  const keepListening = async () => {
    while (!closed.signal.aborted) {
      await listenUntilLost().catch((thrown: unknown) => logger.debug({ err: thrown }, "notifications.not_heard"));
      await delay(RETRY_MS, undefined, { signal: closed.signal }).catch(() => {});
    }
  };

  return {
    hear: (channel, hear) => {
      const known = channels.get(channel);
      const hearers = known ?? new Set<Hear>();
      channels.set(channel, hearers);
      hearers.add(hear);
      const connection = listening;
      // A connection that cannot listen to one more is as good as lost.
      if (!known && connection) listenTo(connection, channel).catch(() => connection.close());
      loop ??= keepListening();
      return () => void hearers.delete(hear);
    },
    close: async () => {
      closed.abort();
      await loop;
    },
  };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });

/**
 * Waits until somebody notifies the channel (with this payload, when given), something may have been missed, the time is over, or the signal
 * aborts. A notification is a hint to read again, never the news itself.
 */
export function waitForNotification(
  notifications: Notifications,
  wait: {
    readonly channel: string;
    readonly payload?: string;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop();
      wait.signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, wait.timeoutMs);
    const stop = notifications.hear(wait.channel, (payload) => {
      if (payload === null || wait.payload === undefined || wait.payload === payload) done();
    });
    wait.signal.addEventListener("abort", done);
    if (wait.signal.aborted) done();
  });
}
