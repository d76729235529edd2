import "server-only";
import type { ServiceCtx } from "@/server/kernel/context";
import { uuidv7 } from "@/server/kernel/ids";
import type { Ports } from "@/server/ports/ports";
import { getRuntime } from "./runtime";
import { makeServiceCtx } from "./service-context";

/** The context of a durable function or a process of ours: it acts for the platform and names itself in the audit log. */
export async function jobContext(name: string, organizationId: string | null = null): Promise<ServiceCtx<Ports>> {
  return makeServiceCtx(await getRuntime(), {
    actor: { kind: "system", name },
    organizationId,
    origin: { requestId: `job_${uuidv7()}`, ipAddress: null, userAgent: null },
  });
}
