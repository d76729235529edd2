import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Localnet } from "@/server/ports/localnet";

const Status = z.object({
  state: z.enum(["building", "starting", "ready", "failed"]),
  message: z.string(),
  updatedAt: z.string(),
});

/** Reads what the launcher writes into the local chain's home. */
export function createLocalnetStatus(options: { readonly localnetHome: string | undefined }): Localnet {
  return {
    status: async () => {
      if (options.localnetHome === undefined) return null;
      const text = await readFile(join(options.localnetHome, "status.json"), "utf8").catch(() => null);
      if (text === null) return null;
      const parsed = Status.safeParse(JSON.parse(text));
      return parsed.success ? parsed.data : null;
    },
  };
}
