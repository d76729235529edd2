import "server-only";
import { NextRequest } from "next/server";
import { assertSameOrigin } from "@/server/http/cross-origin";
import { problemResponse } from "@/server/http/problem";
import { assertWithinLimits, drawsOf, subjectDraw } from "@/server/http/rate-limit-classes";
import { isJson, readJsonObject } from "@/server/http/read-body";
import { requestOrigin } from "@/server/http/request-origin";
import { invalid } from "@/server/kernel/errors";
import { drawRateLimits } from "@/server/kernel/rate-limit";
import { getRuntime } from "@/server/runtime/runtime";
import { authJsHandlers } from "./auth-js";

/** Answers `/api/auth/*`: our limits and origin check first, then Auth.js. Sign-in posts must be JSON. */
export async function handleAuthRequest(request: Request): Promise<Response> {
  const runtime = await getRuntime();
  const { publicUrl, trustedProxyCount } = runtime.settings;
  const origin = requestOrigin(request.headers, trustedProxyCount);
  try {
    const isPost = request.method === "POST";
    const operation = isPost ? "browserSignIn" : "browserRead";
    const rateLimit = isPost ? "auth" : "read";
    const draws = drawsOf({ rateLimit, operation, ipAddress: origin.ipAddress, principal: null });
    assertWithinLimits(await drawRateLimits(runtime.db, draws));
    if (!isPost) {
      return await authJsHandlers(runtime, request).GET(new NextRequest(request.url, { headers: request.headers }));
    }
    assertSameOrigin(request.headers, publicUrl);
    if (!isJson(request.headers)) {
      throw invalid("http.unsupported_media_type", "Send JSON with Content-Type: application/json.");
    }
    const { value, text } = await readJsonObject(request);
    const address = value.walletAddress;
    if (typeof address === "string") {
      assertWithinLimits(
        await drawRateLimits(runtime.db, [subjectDraw("auth", operation, address.toLowerCase().slice(0, 120))]),
      );
    }
    const forwarded = new NextRequest(request.url, { method: "POST", headers: request.headers, body: text });
    return await authJsHandlers(runtime, request).POST(forwarded);
  } catch (thrown) {
    return problemResponse(thrown, { requestId: origin.requestId, publicUrl });
  }
}
