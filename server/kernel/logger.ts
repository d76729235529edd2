import pino from "pino";

/** The part of pino that the product uses: structured fields first, then the event's dotted, past-tense name. */
export type Logger = Pick<pino.Logger, "debug" | "info" | "warn" | "error"> & {
  child(bindings: Record<string, unknown>): Logger;
};

/** Field names whose values never reach a log line, at any of the first three levels. */
const SECRET_FIELDS = [
  "authorization",
  "cookie",
  "password",
  "secret",
  "token",
  "accessToken",
  "refreshToken",
  "mnemonic",
  "privateKey",
  "priv_key",
  "signature",
];

const redactPaths = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);

/** A JSON logger; `name` is the process, `destination` is stdout when not said. */
export function createLogger(options: {
  name: string;
  level: string;
  destination?: { write(line: string): void };
}): Logger {
  const settings: pino.LoggerOptions = {
    name: options.name,
    level: options.level,
    base: { process: options.name, pid: process.pid },
    messageKey: "event",
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: redactPaths, censor: "[redacted]" },
    serializers: { err: pino.stdSerializers.errWithCause },
  };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}
