/** Appends log lines as JSON; at the size (10 MiB unless told) the file becomes `.1`, and three older ones are kept. A failed write is dropped. */
export function openNodeLog(
  path: string,
  maximumFileBytes?: number,
): { write: (stream: "stdout" | "stderr", text: string) => void; close: () => void };

/** Calls `onLine` for each line of a stream, the last one also without its line end. */
export function eachLine(readable: NodeJS.ReadableStream, onLine: (line: string) => void): void;
