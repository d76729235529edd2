import "server-only";
import { publishAll } from "@/server/kernel/publish";

/** The person, their sessions and wallets, and the organisation's people and tokens. */
export const published = publishAll("identity", "Sign-in and tokens", []);
