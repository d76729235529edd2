import type { Logger } from "@/server/kernel/logger";

/** A logger that keeps what it is told; with ENGINE_TEST_LOG set it also prints. */
export function createMemoryLogger(): Logger & { readonly lines: { level: string; event: string; fields: unknown }[] } {
  const lines: { level: string; event: string; fields: unknown }[] = [];
  const at =
    (level: string) =>
    (...parts: unknown[]): void => {
      const [fields, event] = typeof parts[0] === "string" ? [{}, parts[0]] : [parts[0], String(parts[1])];
      lines.push({ level, event, fields });
      if (process.env.ENGINE_TEST_LOG) console.log(level, event, fields);
    };
  const logger = {
    lines,
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    child: () => logger,
  };
  return logger;
}
