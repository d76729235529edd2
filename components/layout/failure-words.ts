/** Digests that name who failed; any other finds the fault in the portal's log. Set by `server/trpc/server.ts`. */
const OUTAGES: Readonly<Record<string, string>> = { "kernel.database_unavailable": "The database" };

/** What a page that could not be put together says, by the digest that Next gives of what was thrown. */
export function failureWords(digest: string | undefined): { readonly title: string; readonly sentence: string } {
  const silent = OUTAGES[digest ?? ""];
  if (silent !== undefined) {
    return {
      title: `${silent} does not answer`,
      sentence:
        "So this page cannot be shown for now. Nothing was changed, and validators go on signing: they need no portal. Try again in a few seconds.",
    };
  }
  return {
    title: "This page could not be shown",
    sentence:
      "A fault on our side stopped it while it was being put together. Nothing that you had started was undone by it. If it happens again, the code below finds the fault in the log of the portal.",
  };
}
