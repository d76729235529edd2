import "server-only";
import { publishAll } from "@/server/kernel/publish";

/** Chains that validators can be made for, and what the watcher recorded of them. */
export const published = publishAll("chain", "Networks", []);
