import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Localnet } from "@/server/ports/localnet";

const Status = z.object({
  state: z.enum(["building", "starting", "ready", "failed"]),
  message: z.string(),
  updatedAt: z.string(),
});

/** Null for what has not the shape: the file may be of another version, or half written. */
function parsed<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

const Names = z.object({ chainId: z.string(), accountPrefix: z.string() });

/** Reads what the launcher writes into the local chain's home. */
export function createLocalnetStatus(options: { readonly localnetHome: string | undefined }): Localnet {
  return {
    status: async () => {
      if (options.localnetHome === undefined) return null;
      const text = await readFile(join(options.localnetHome, "status.json"), "utf8").catch(() => null);
      if (text === null) return null;
      return parsed(Status, text);
    },
    names: async () => {
      if (options.localnetHome === undefined) return null;
      const text = await readFile(join(options.localnetHome, "localnet.json"), "utf8").catch(() => null);
      return text === null ? null : parsed(Names, text);
    },
  };
}
