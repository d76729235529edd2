import { bech32PrefixesOf } from "@/lib/chain/bech32-address";
import { CheckNetworkInput, type NetworkDraft } from "@/server/domains/chain/networks/schemas";

/** A network's record as it is typed: lists with one entry a line. */
export type NetworkFields = {
  readonly chainId: string;
  readonly kind: NetworkDraft["kind"];
  readonly displayName: string;
  readonly status: NetworkDraft["status"];
  readonly isDefault: boolean;
  readonly accountPrefix: string;
  readonly coinType: string;
  readonly baseDenom: string;
  readonly displayDenom: string;
  readonly denomExponent: string;
  readonly gasLow: string;
  readonly gasAverage: string;
  readonly gasHigh: string;
  readonly rpcUrls: string;
  readonly restUrls: string;
  readonly seeds: string;
  readonly persistentPeers: string;
  readonly genesis: string;
  readonly genesisSha256: string;
  readonly currentBinaryVersion: string;
  /** `version os/arch address-or-path sha256` each. */
  readonly releases: string;
  readonly stateSyncRpcUrls: string;
  readonly explorerUrl: string;
  readonly faucetUrl: string;
};
export type FieldName = keyof NetworkFields;
type Messages = Partial<Record<FieldName, string>>;

const lines = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());

/** Where a file is had: a path on the product's machine begins with a slash. */
const placeOf = (text: string | null): { url: string | null; path: string | null } =>
  text?.startsWith("/") ? { url: null, path: text } : { url: text, path: null };

/** A record as a form shows it. */
export const toFields = (draft: NetworkDraft): NetworkFields => ({
  chainId: draft.chainId,
  kind: draft.kind,
  displayName: draft.displayName,
  status: draft.status,
  isDefault: draft.isDefault,
  accountPrefix: draft.bech32.account,
  coinType: String(draft.coinType),
  baseDenom: draft.baseDenom,
  displayDenom: draft.displayDenom,
  denomExponent: String(draft.denomExponent),
  gasLow: draft.gasPriceSteps.low,
  gasAverage: draft.gasPriceSteps.average,
  gasHigh: draft.gasPriceSteps.high,
  rpcUrls: draft.rpcUrls.join("\n"),
  restUrls: draft.restUrls.join("\n"),
  seeds: draft.seeds.join("\n"),
  persistentPeers: draft.persistentPeers.join("\n"),
  genesis: draft.genesisUrl ?? draft.genesisPath ?? "",
  genesisSha256: draft.genesisSha256 ?? "",
  currentBinaryVersion: draft.currentBinaryVersion ?? "",
  releases: draft.releases
    .map(({ version, os, arch, url, path, sha256 }) =>
      [version, `${os}/${arch}`, url ?? path, sha256 ?? ""].join(" ").trim(),
    )
    .join("\n"),
  stateSyncRpcUrls: draft.stateSyncRpcUrls.join("\n"),
  explorerUrl: draft.explorerUrl ?? "",
  faucetUrl: draft.faucetUrl ?? "",
});

function releaseOf(line: string) {
  const [version = "", platform = "", place = "", sha256] = line.split(/\s+/);
  const [os = "", arch = ""] = platform.split("/");
  return { version, os, arch, ...placeOf(orNull(place)), sha256: sha256?.toLowerCase() ?? null };
}

/** Which field a problem of the record stands at. */
const FIELD_OF: Readonly<Record<string, FieldName>> = {
  bech32: "accountPrefix",
  genesisUrl: "genesis",
  genesisPath: "genesis",
};
const GAS_FIELDS: Readonly<Record<string, FieldName>> = { low: "gasLow", average: "gasAverage", high: "gasHigh" };

/**
 * The record that was typed, or what is wrong with it, by field. What the form does not show stays as it was in `base`, and so do prefixes of
 * another making while the account's is left alone.
 */
export function fromFields(
  fields: NetworkFields,
  base: NetworkDraft,
): { readonly draft: NetworkDraft; readonly messages: null } | { readonly draft: null; readonly messages: Messages } {
  const genesis = placeOf(orNull(fields.genesis));
  const parsed = CheckNetworkInput.safeParse({
    ...base,
    chainId: fields.chainId.trim(),
    kind: fields.kind,
    displayName: fields.displayName,
    status: fields.status,
    isDefault: fields.isDefault,
    bech32: fields.accountPrefix === base.bech32.account ? base.bech32 : bech32PrefixesOf(fields.accountPrefix.trim()),
    coinType: numberOf(fields.coinType),
    baseDenom: fields.baseDenom.trim(),
    displayDenom: fields.displayDenom,
    denomExponent: numberOf(fields.denomExponent),
    gasPriceSteps: { low: fields.gasLow.trim(), average: fields.gasAverage.trim(), high: fields.gasHigh.trim() },
    rpcUrls: lines(fields.rpcUrls),
    restUrls: lines(fields.restUrls),
    seeds: lines(fields.seeds),
    persistentPeers: lines(fields.persistentPeers),
    genesisUrl: genesis.url,
    genesisPath: genesis.path,
    genesisSha256: orNull(fields.genesisSha256)?.toLowerCase() ?? null,
    currentBinaryVersion: orNull(fields.currentBinaryVersion),
    releases: lines(fields.releases).map(releaseOf),
    stateSyncRpcUrls: lines(fields.stateSyncRpcUrls),
    explorerUrl: orNull(fields.explorerUrl),
    faucetUrl: orNull(fields.faucetUrl),
  });
  if (parsed.success) return { draft: parsed.data, messages: null };
  const messages: Messages = {};
  for (const { path, message } of parsed.error.issues) {
    const [name, second] = path.map(String);
    if (name === undefined) continue;
    const field = (name === "gasPriceSteps" ? GAS_FIELDS[second ?? ""] : FIELD_OF[name]) ?? (name as FieldName);
    const line = typeof path[1] === "number" ? `Line ${path[1] + 1}: ` : "";
    messages[field] ??= `${line}${message}.`;
  }
  return { draft: null, messages };
}

const numberOf = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));
