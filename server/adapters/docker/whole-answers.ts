import type Docker from "dockerode";

type Dial = {
  readonly isStream?: boolean;
  readonly hijack?: boolean;
  readonly openStdin?: boolean;
};
type Answered = (error: unknown, answer?: unknown) => void;
type Modem = { dial(options: Dial, answered: Answered): void };

async function readWhole(stream: AsyncIterable<Uint8Array>): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  try {
    return JSON.parse(bytes.toString("utf8")) || bytes;
  } catch {
    // Logs and "OK" are no JSON, and are given as they came.
    return bytes;
  }
}

/**
 * Has the client fail when an answer is cut off. docker-modem waits for the end of an answer only (lib/modem.js, 5.0: `res.on('end')`), which never
 * comes when the Engine dies after its headers, as those of a wait for a container's end are sent at once; so answers are taken as streams, which
 * do end with an error (ECONNRESET), and are put together here.
 */
export function requireWholeAnswers(client: Docker): Docker {
  const modem = client.modem as Modem;
  const dial = modem.dial.bind(modem);
  modem.dial = (options, answered) => {
    if (options.isStream || options.hijack || options.openStdin) {
      dial(options, answered);
      return;
    }
    dial({ ...options, isStream: true }, (error, stream) => {
      if (error) {
        answered(error);
        return;
      }
      readWhole(stream as AsyncIterable<Uint8Array>).then(
        (answer) => answered(null, answer),
        (cut: unknown) => answered(cut),
      );
    });
  };
  return client;
}
