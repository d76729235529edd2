import "server-only";
import type { Receipts } from "@/server/domains/validators/public-page/schemas";
import { api } from "@/server/trpc/server";

/** The receipts, or null where they could not be read: the page is shown all the same, and says so. */
export async function readReceipts(): Promise<Receipts | null> {
  try {
    return await (await api()).validators.getReceipts({});
  } catch {
    return null;
  }
}
