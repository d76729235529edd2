import { FactList } from "@/components/figures/fact-list";
import { Panel } from "@/components/ui/panel";
import type { NetworkDraft } from "@/server/domains/chain/networks/schemas";

const none = (words: string) => <span className="text-ink-muted">{words}</span>;

function File({ place, sha256 }: { place: string; sha256: string | null }) {
  return (
    <span className="grid gap-0.5">
      <span>{place}</span>
      <code className="text-xs text-ink-muted">{sha256 === null ? "SHA-256 not known" : `sha256 ${sha256}`}</code>
    </span>
  );
}

const listed = (lines: readonly string[]) =>
  lines.length === 0 ? none("none") : <span className="font-mono text-xs whitespace-pre-wrap">{lines.join("\n")}</span>;

/** What the network's nodes run on and whom they ask first. */
export function NetworkFiles({ record }: { record: NetworkDraft }) {
  const { genesisUrl, genesisPath } = record;
  const genesis = genesisUrl ?? genesisPath;
  return (
    <Panel title="What its nodes run on" flush>
      <FactList
        layout="page"
        facts={[
          { label: "Release in force", value: record.currentBinaryVersion ?? none("the first that fits a host") },
          ...record.releases.map(({ version, os, arch, url, path, sha256 }) => ({
            label: `${version} for ${os}/${arch}`,
            value: <File place={url ?? path ?? ""} sha256={sha256} />,
          })),
          ...(record.releases.length === 0 ? [{ label: "Releases", value: none("none, so no node can be made") }] : []),
          {
            label: "Genesis",
            value:
              genesis === null ? (
                none("none, so no node can be made")
              ) : (
                <File place={genesis} sha256={record.genesisSha256} />
              ),
          },
          { label: "Peers", value: listed(record.persistentPeers) },
          { label: "Seeds", value: listed(record.seeds) },
          { label: "State sync", value: listed(record.stateSyncRpcUrls) },
        ]}
      />
    </Panel>
  );
}
