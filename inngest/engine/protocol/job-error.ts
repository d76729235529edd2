import type { JobError } from "../runs/finish-run";

const maxStackLength = 20_000;

/**
 * The error that the SDK wrote, in whatever shape: name, message, stack and cause. The marker `__serialized` is dropped at the top, as the server
 * does, and kept in causes.
 */
export function readJobError(value: unknown): JobError {
  if (typeof value !== "object" || value === null) {
    return { name: "Error", message: typeof value === "string" && value !== "" ? value : "The app gave no reason." };
  }
  const text = (key: string): string | undefined => {
    const member: unknown = Reflect.get(value, key);
    return typeof member === "string" && member !== "" ? member : undefined;
  };
  const stack = text("stack")?.slice(0, maxStackLength);
  const cause: unknown = Reflect.get(value, "cause");
  return {
    name: text("name") ?? "Error",
    message: text("message") ?? text("error") ?? "The app gave no reason.",
    ...(stack === undefined ? {} : { stack }),
    ...(cause === undefined || cause === null ? {} : { cause }),
  };
}
