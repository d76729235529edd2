import "server-only";
import NextAuth, { CredentialsSignin, type NextAuthConfig } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { resolveSession, signIn, signOut } from "@/server/domains/identity";
import { WalletProof } from "@/server/domains/identity/schemas";
import { requestOrigin } from "@/server/http/request-origin";
import { isAppError } from "@/server/kernel/errors";
import type { Runtime } from "@/server/runtime/runtime";
import { makeServiceCtx } from "@/server/runtime/service-context";
import { readCookie, sessionCookieName, sessionCookieOptions } from "./session-cookie";

/** Name of the wallet provider in Auth.js's paths: `/api/auth/callback/wallet`. */
export const WALLET_PROVIDER = "wallet";

/** Carries our code to the browser in the place that Auth.js has for it. */
class RefusedSignIn extends CredentialsSignin {
  constructor(code: string) {
    super();
    this.code = code;
  }
}

const anonymousCtx = (runtime: Runtime, headers: Headers) =>
  makeServiceCtx(runtime, {
    actor: { kind: "anonymous" },
    organizationId: null,
    origin: requestOrigin(headers, runtime.settings.trustedProxyCount),
  });

/** Ends the session that a cookie value stands for; one that is not live any more is left alone. */
async function endCookieSession(runtime: Runtime, headers: Headers, token: string): Promise<void> {
  const read = (await runtime.ports()).tokens.read(token);
  if (read?.kind !== "session") return;
  const service = await anonymousCtx(runtime, headers);
  const principal = await resolveSession(service, { tokenHash: read.tokenHash });
  if (principal) await signOut({ ...service, actor: principal.actor, organizationId: principal.organizationId }, {});
}

/** A form's field is a text where JSON has true and false; anything else is left to the schema, which refuses it. */
const formBoolean = (value: unknown): unknown => (value === "true" ? true : value === "false" ? false : value);

/**
 * Auth.js as we use it: it owns the sign-in conversation and the cookie's attributes, nothing more. Its "JWT" is replaced by our opaque session
 * token, whose row `authenticate` reads on every request; so nothing in a cookie is believed.
 */
export function authJsConfig(runtime: Runtime, request: Request): NextAuthConfig {
  const { publicUrl, authSecret } = runtime.settings;
  const options = sessionCookieOptions(publicUrl);
  return {
    secret: authSecret,
    basePath: "/api/auth",
    trustHost: true,
    useSecureCookies: options.secure,
    pages: { signIn: "/sign-in", error: "/sign-in" },
    session: { strategy: "jwt", maxAge: options.maxAge },
    cookies: { sessionToken: { name: sessionCookieName(publicUrl), options } },
    providers: [
      Credentials({
        id: WALLET_PROVIDER,
        name: "Wallet",
        credentials: { walletAddress: {}, pubkey: {}, signature: {}, nonce: {}, isTestWallet: {} },
        authorize: async (given) => {
          const proof = WalletProof.safeParse({
            walletAddress: given.walletAddress,
            pubkey: given.pubkey,
            signature: given.signature,
            nonce: given.nonce,
            // Auth.js may hand a form's fields over, which are texts.
            isTestWallet: formBoolean(given.isTestWallet),
          });
          if (!proof.success) throw new RefusedSignIn("kernel.invalid_input");
          try {
            const opened = await signIn(await anonymousCtx(runtime, request.headers), {
              ...proof.data,
              kind: "browser",
            });
            const earlier = readCookie(request.headers, sessionCookieName(publicUrl));
            if (earlier !== undefined) await endCookieSession(runtime, request.headers, earlier);
            return { id: opened.userId, sessionToken: opened.token };
          } catch (thrown) {
            if (isAppError(thrown) && thrown.kind === "unauthenticated") throw new RefusedSignIn(thrown.code);
            throw thrown;
          }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => {
        const fresh = user && "sessionToken" in user ? user.sessionToken : undefined;
        return typeof fresh === "string" ? { sessionToken: fresh } : token;
      },
      // Pages and routes ask `authenticate`; Auth.js's own session endpoint tells nothing.
      session: ({ session }) => ({ expires: session.expires }) as typeof session,
      redirect: ({ url }) => ownUrl(url, publicUrl),
    },
    jwt: {
      encode: async ({ token }) => String(token?.sessionToken ?? ""),
      decode: async ({ token }) => (token ? { sessionToken: token } : null),
    },
    events: {
      signOut: async (message) => {
        const token = "token" in message ? message.token?.sessionToken : undefined;
        if (typeof token === "string") await endCookieSession(runtime, request.headers, token);
      },
    },
    logger: {
      error: (error) => runtime.logger[isRefusal(error) ? "info" : "error"]({ err: error }, "auth.authjs.failed"),
      warn: (code) => runtime.logger.debug({ code }, "auth.authjs.warned"),
      debug: () => {},
    },
  };
}

const isRefusal = (error: Error): boolean => error instanceof CredentialsSignin;

/** Where to go after signing in or out: a path of ours, or home. */
function ownUrl(url: string, publicUrl: string): string {
  const { origin } = new URL(publicUrl);
  try {
    const target = new URL(url, origin);
    return target.origin === origin ? target.href : origin;
  } catch {
    return origin;
  }
}

/** Auth.js's handlers for this runtime and request. */
export const authJsHandlers = (runtime: Runtime, request: Request) => NextAuth(authJsConfig(runtime, request)).handlers;
