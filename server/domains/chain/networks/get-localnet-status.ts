import { z } from "zod";
import { defineEffect } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { LocalnetStatus } from "./schemas";

/** How far this machine's own chain is; null where there is none. Anybody may look: it is what a newcomer waits for. */
export const getLocalnetStatus = defineEffect<Ports>()({
  verb: "chain.get-localnet-status",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: z.strictObject({}),
  output: LocalnetStatus.nullable(),
  run: (ctx) => ctx.ports.localnet.status(),
});
