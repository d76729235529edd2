import "server-only";
import { type Authentication, authenticate } from "@/server/auth/authenticate";
import type { Principal } from "@/server/domains/identity";
import { requestOrigin } from "@/server/http/request-origin";
import type { ServiceCtx } from "@/server/kernel/context";
import type { Ports } from "@/server/ports/ports";
import { getRuntime, type Runtime } from "@/server/runtime/runtime";
import { makeServiceCtx } from "@/server/runtime/service-context";

/** What every procedure gets: the verbs' context and who asks. */
export type TrpcContext = {
  readonly runtime: Runtime;
  readonly service: ServiceCtx<Ports>;
  readonly principal: Principal | null;
  readonly auth: Authentication;
};

/** Makes the context from a request's headers: of an HTTP call or of the page that is being rendered. */
export async function createTrpcContext(headers: Headers): Promise<TrpcContext> {
  const runtime = await getRuntime();
  const origin = requestOrigin(headers, runtime.settings.trustedProxyCount);
  const auth = await authenticate(runtime, headers, origin);
  const service = await makeServiceCtx(runtime, {
    actor: auth.principal?.actor ?? { kind: "anonymous" },
    organizationId: auth.principal?.organizationId ?? null,
    origin,
  });
  return { runtime, service, principal: auth.principal, auth };
}
