import { isAppError } from "@/server/kernel/errors";
import { defineEffect } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { draftFromRegistry } from "./chain-registry";
import { NetworkProposal, ReadRegistryInput } from "./schemas";

/** The largest chain.json has 80 kB; the assetlist.json of a chain with many bridged coins a few megabytes. */
const MAX_FILE_BYTES = 8 * 1024 * 1024;

/**
 * A network's record as its files of the chain registry tell it, pasted or by address; the asset list beside a chain.json is found by itself.
 * Nothing is kept. @throws invalid chain.registry_unreadable, upstream_unavailable documents.unreachable, upstream_rejected documents.refused
 */
export const readRegistry = defineEffect<Ports>()({
  verb: "chain.read-registry",
  scope: "platform:write",
  tenancy: "platform",
  input: ReadRegistryInput,
  output: NetworkProposal,
  run: async ({ ports }, input) => {
    const read = (url: string) => ports.documents.readText(url, MAX_FILE_BYTES);
    const chainJson = input.chainJson ?? (input.chainUrl === null ? "" : await read(input.chainUrl));
    const assetListJson = input.assetListJson ?? (await assetListFor(input, read));
    return draftFromRegistry(chainJson, assetListJson);
  },
});

async function assetListFor(
  { chainUrl, assetListUrl }: { readonly chainUrl: string | null; readonly assetListUrl: string | null },
  read: (url: string) => Promise<string>,
): Promise<string | null> {
  if (assetListUrl !== null) return read(assetListUrl);
  if (chainUrl === null || !chainUrl.endsWith("/chain.json")) return null;
  try {
    return await read(chainUrl.replace(/chain\.json$/, "assetlist.json"));
  } catch (thrown) {
    // Not every chain has one there; what is missing without it is said in a note.
    if (isAppError(thrown) && thrown.kind !== "internal") return null;
    throw thrown;
  }
}
