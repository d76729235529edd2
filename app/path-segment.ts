import { notFound } from "next/navigation";

/** A segment of a page's address as it was meant; the not-found page where its escapes are no text, which anybody can ask for. */
export function pathSegment(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    notFound();
  }
}
