import type { Actor } from "@/server/kernel/context";
import { unauthenticated } from "@/server/kernel/errors";
import { userRequired } from "../errors";

/** The person who acts. @throws unauthenticated auth.session_missing, forbidden auth.user_required */
export function requireUser(actor: Actor): Extract<Actor, { kind: "user" }> {
  if (actor.kind === "user") return actor;
  if (actor.kind === "anonymous") throw unauthenticated("auth.session_missing", "Sign in to do this.");
  throw userRequired();
}
