import { FactList } from "@/components/figures/fact-list";
import { UnknownText } from "@/components/figures/unknown-text";
import { Panel } from "@/components/ui/panel";
import { writtenOut } from "@/lib/names/unseen";
import type { ChainValidator } from "@/server/domains/chain/mirror/schemas";
import { isWebUrl } from "@/server/kernel/text";

const NONE = <span className="text-ink-muted">none given</span>;

const words = (text: string) =>
  text === "" ? NONE : <span className="break-normal wrap-anywhere">{writtenOut(text)}</span>;

/** What its owner wrote on the chain, told as text of somebody else: what cannot be seen is written out, a link vouches for nothing. */
export function ProfilePanel({ profile }: { profile: ChainValidator["profile"] }) {
  if (profile === null) {
    return (
      <Panel title="In its owner's words">
        <UnknownText reason="The chain's record of it has not been read yet." />
      </Panel>
    );
  }
  if (Object.values(profile).every((text) => text === "")) {
    return (
      <Panel title="In its owner's words">
        <p className="text-sm text-ink-muted">Its owner wrote nothing on the chain beside its name.</p>
      </Panel>
    );
  }
  return (
    <Panel title="In its owner's words" flush>
      <FactList
        layout="page"
        facts={[
          { label: "About", value: words(profile.details) },
          {
            label: "Website",
            value: isWebUrl(profile.website) ? (
              <a
                href={profile.website}
                rel="nofollow noopener noreferrer ugc"
                className="break-normal wrap-anywhere text-accent underline underline-offset-2"
              >
                {writtenOut(profile.website)}
              </a>
            ) : (
              words(profile.website)
            ),
          },
          { label: "Security contact", value: words(profile.securityContact) },
          { label: "Identity", value: words(profile.identity) },
        ]}
      />
    </Panel>
  );
}
