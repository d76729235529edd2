import "server-only";
import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";
import { withinDeadline } from "@/server/http/deadline";
import { isAppError } from "@/server/kernel/errors";

/** Failures that may heal: the page is shown without its data, and the browser asks again and says why there is none. */
const MAY_HEAL = new Set(["upstream_unavailable", "upstream_rejected", "timeout", "rate_limited", "internal"]);

const kindOf = (thrown: unknown): string | null => {
  const error = thrown instanceof TRPCError ? thrown.cause : thrown;
  return isAppError(error) ? error.kind : null;
};

/** What a page cannot do without. What is not there is the not-found page; all else is thrown. */
export async function readOrNotFound<Data>(asked: Promise<Data>): Promise<Data> {
  try {
    return await asked;
  } catch (thrown) {
    const kind = kindOf(thrown);
    if (kind === "not_found" || kind === "invalid") notFound();
    throw thrown;
  }
}

/** What a page shows where it is there; null where there is none. All else is thrown: what could not be read is not called absent. */
export async function readOrNull<Data>(asked: Promise<Data>): Promise<Data | null> {
  try {
    return await asked;
  } catch (thrown) {
    if (kindOf(thrown) === "not_found") return null;
    throw thrown;
  }
}

/** What takes longer is no first paint any more: the page comes without it, and the browser asks. */
const FIRST_READ_MS = 2_000;

/** What a page can show at once; undefined when it could not be read now, or not soon enough. */
export async function firstRead<Data>(asked: Promise<Data>): Promise<Data | undefined> {
  try {
    return await readOrNotFound(withinDeadline(asked, FIRST_READ_MS));
  } catch (thrown) {
    if (MAY_HEAL.has(kindOf(thrown) ?? "")) return undefined;
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
