import "server-only";
import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";
import { isAppError } from "@/server/kernel/errors";

/** Failures that may heal: the page is shown without its data, and the browser asks again and says why there is none. */
const MAY_HEAL = new Set(["upstream_unavailable", "upstream_rejected", "timeout", "rate_limited", "internal"]);

/** What a page can show at once; undefined when it could not be read now. What is not there is the not-found page; all else is thrown. */
export async function firstRead<Data>(asked: Promise<Data>): Promise<Data | undefined> {
  try {
    return await asked;
  } catch (thrown) {
    const error = thrown instanceof TRPCError && isAppError(thrown.cause) ? thrown.cause : thrown;
    if (!isAppError(error)) throw thrown;
    if (error.kind === "not_found" || error.kind === "invalid") notFound();
    if (MAY_HEAL.has(error.kind)) return undefined;
    throw thrown;
  }
}

/** A page's query as one value a name; of a name that is there twice, the first counts. */
export type PageSearch = Promise<Record<string, string | string[] | undefined>>;

/** The query of a page in the browser's own type. */
export async function toSearchParams(search: PageSearch): Promise<URLSearchParams> {
  const read = new URLSearchParams();
  for (const [name, value] of Object.entries(await search)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) read.set(name, first);
  }
  return read;
}
