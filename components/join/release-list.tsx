import { AddressText } from "@/components/figures/address-text";
import { Panel } from "@/components/ui/panel";
import type { Network } from "@/server/domains/chain/networks/schemas";

/** The network's program for each platform, with what it is to be held against. */
export function ReleaseList({ network }: { network: Pick<Network, "releases" | "currentBinaryVersion"> }) {
  return (
    <Panel title="Program" flush>
      {network.releases.length === 0 ? (
        <p className="px-4 py-3 text-sm text-ink-muted">The network's record names no release.</p>
      ) : (
        <ul className="divide-y">
          {network.releases.map(({ version, os, arch, url, sha256 }) => (
            <li key={`${version} ${os} ${arch}`} className="grid gap-1 px-4 py-3 text-sm">
              <span className="flex flex-wrap gap-x-3">
                <strong className="font-medium">{version}</strong>
                <span className="text-ink-muted">{`${os}, ${arch}`}</span>
                {version === network.currentBinaryVersion ? <span className="text-ink-muted">in force</span> : null}
              </span>
              {url === null ? (
                <span className="text-ink-muted">From a file of this installation; it has no address of its own.</span>
              ) : (
                <a
                  href={url}
                  rel="noopener noreferrer"
                  className="wrap-anywhere text-accent underline underline-offset-2"
                >
                  {url}
                </a>
              )}
              <span className="min-w-0">
                SHA-256 <AddressText value={sha256} kind="SHA-256" whole />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
