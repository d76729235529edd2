import type { BlockState } from "@/components/figures/block-grid-layout";
import type { State } from "@/components/state/state";
import { MARK } from "@/components/ui/mark-geometry";

/** Size that the previews of other sites ask for. */
export const SOCIAL_SIZE = { width: 1200, height: 630 } as const;
/** A preview may be some minutes old: it says of which moment it is. */
export const SOCIAL_HEADERS = { "cache-control": "public, max-age=300" } as const;

/** A picture has no theme to follow and no stylesheet: these are the dark theme's own colours, as numbers. */
const GROUND = "#0c1019";
const INK = "#e8ecf3";
const MUTED = "#a3abba";
const LINE = "#2b3240";
const MARKS: Record<State, string> = {
  ok: "#3fae78",
  attention: "#dba13a",
  danger: "#e5544f",
  moving: "#7fa8ff",
  off: "#7d8594",
  unknown: "#7d8594",
};
const CELLS: Record<BlockState, string> = { signed: "#2e8560", missed: "#e5544f", absent: LINE, unknown: "#4a5160" };

type SocialCardProps = {
  title: string;
  /** How it stands, as shape, word and colour. */
  standing?: { readonly state: State; readonly word: string };
  /** Up to four figures with their labels. */
  figures: readonly { readonly label: string; readonly value: string }[];
  /** Newest blocks, oldest first. */
  blocks?: readonly BlockState[];
  /** Of which moment the picture is, and where from. */
  foot: string;
};

function StandingShape({ state }: { state: State }) {
  const colour = MARKS[state];
  if (state === "attention")
    return (
      <svg width={34} height={34} viewBox="0 0 12 12" aria-hidden="true">
        <path d="M6 1l5.5 10h-11z" fill={colour} />
      </svg>
    );
  if (state === "danger")
    return (
      <svg width={34} height={34} viewBox="0 0 12 12" aria-hidden="true">
        <path d="M4 1h4l3 3v4l-3 3H4L1 8V4z" fill={colour} />
      </svg>
    );
  return (
    <svg width={34} height={34} viewBox="0 0 12 12" aria-hidden="true">
      <circle cx={6} cy={6} r={4.5} fill={state === "ok" ? colour : "none"} stroke={colour} strokeWidth={1.5} />
    </svg>
  );
}

/** The pictures' font has no narrow spaces, and the renderer would ask the network for one that has. */
const plain = (text: string): string => text.replace(/[\u00a0\u2009\u202f]/g, " ");

/** What a preview shows of a page: drawn by inline styles alone, since the renderer of pictures knows no classes. */
export function SocialCard({ title, standing, figures, blocks = [], foot }: SocialCardProps) {
  return (
    <div
      style={{
        width: "100%",
        height: "100%",
        display: "flex",
        flexDirection: "column",
        justifyContent: "space-between",
        padding: 64,
        background: GROUND,
        color: INK,
      }}
    >
      <div style={{ display: "flex", alignItems: "center", gap: 18, fontSize: 30, color: MUTED }}>
        <svg
          width={48}
          height={48}
          viewBox={MARK.viewBox}
          fill="none"
          stroke={MARKS.moving}
          strokeWidth={2.5}
          aria-hidden="true"
        >
          <rect {...MARK.rectangle} />
          <path d={MARK.stem} />
          <circle {...MARK.bowl} />
        </svg>
        Omniphi Cloud
      </div>
      <div style={{ display: "flex", flexDirection: "column", gap: 20 }}>
        <div style={{ display: "flex", fontSize: title.length > 40 ? 56 : 76, lineHeight: 1.1 }}>{plain(title)}</div>
        {standing ? (
          <div style={{ display: "flex", alignItems: "center", gap: 16, fontSize: 40 }}>
            <StandingShape state={standing.state} />
            {standing.word}
          </div>
        ) : null}
      </div>
      {blocks.length > 0 ? (
        <div style={{ display: "flex", gap: 4 }}>
          {blocks.map((state, place) => (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: a picture is drawn once, and its places are its blocks
              key={place}
              style={{ display: "flex", width: 14, height: state === "missed" ? 22 : 44, background: CELLS[state] }}
            />
          ))}
        </div>
      ) : null}
      <div style={{ display: "flex", gap: 56 }}>
        {figures.map(({ label, value }) => (
          <div key={label} style={{ display: "flex", flexDirection: "column", gap: 4 }}>
            <div style={{ display: "flex", fontSize: 24, color: MUTED }}>{plain(label)}</div>
            <div style={{ display: "flex", fontSize: 40 }}>{plain(value)}</div>
          </div>
        ))}
      </div>
      <div style={{ display: "flex", borderTop: `1px solid ${LINE}`, paddingTop: 18, fontSize: 22, color: MUTED }}>
        {plain(foot)}
      </div>
    </div>
  );
}
