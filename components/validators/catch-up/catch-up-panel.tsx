"use client";

import { UnknownText } from "@/components/figures/unknown-text";
import { Panel } from "@/components/ui/panel";
import { formatDuration } from "@/lib/format/format-duration";
import { groupDigits } from "@/lib/format/group-digits";
import type { NodeView } from "@/server/domains/validators/nodes/schemas";
import { type CatchUpSample, catchUpOf } from "./catch-up";

const [WIDTH, HEIGHT] = [600, 96];

const blocksWords = (blocks: number) => `${groupDigits(blocks)} ${blocks === 1 ? "block" : "blocks"}`;

/** A node on its way to the tip: its height against the chain's as a picture, then pace, time left and peers. */
export function CatchUpPanel({ samples, node }: { samples: readonly CatchUpSample[]; node: NodeView | null }) {
  const now = catchUpOf(samples);
  const why = node?.lastCheckError ?? "The node has not answered yet.";
  const unknown = <UnknownText reason={why} />;
  const left =
    now === null || now.leftMs === null ? (
      <UnknownText
        reason={
          now?.blocksPerSecond == null
            ? "Two looks at the node say how fast it is."
            : "It does not come nearer to the tip now."
        }
      />
    ) : now.leftMs === 0 ? (
      "at the tip"
    ) : (
      `about ${formatDuration(now.leftMs)}`
    );
  return (
    <Panel title="Catching up">
      {now === null ? (
        <p className="text-sm text-ink-muted">{why}</p>
      ) : (
        <>
          <p className="text-base">
            Block <span className="font-mono">{groupDigits(now.heightBlocks)}</span> of{" "}
            <span className="font-mono">{groupDigits(now.tipBlocks)}</span>
            {now.behindBlocks === 0 ? ", at the tip." : `, ${blocksWords(now.behindBlocks)} behind.`}
          </p>
          <Picture samples={samples} />
        </>
      )}
      {node?.peerCount === 0 && now?.behindBlocks !== 0 ? (
        <p role="status" className="mt-3 text-sm text-attention-text">
          It has no peer, so there is nobody to download from. It goes on by itself once it reaches one; its log below
          says whom it tries and what they answer.
        </p>
      ) : null}
      <dl className="mt-3 grid grid-cols-2 gap-x-6 gap-y-2 text-sm sm:grid-cols-4">
        <Fact label="Pace">
          {now?.blocksPerSecond == null
            ? unknown
            : `${now.blocksPerSecond.toFixed(now.blocksPerSecond < 10 ? 1 : 0)} blocks/s`}
        </Fact>
        <Fact label="Time left">{left}</Fact>
        <Fact label="Behind">{now === null ? unknown : blocksWords(now.behindBlocks)}</Fact>
        <Fact label="Peers">{node?.peerCount == null ? unknown : groupDigits(node.peerCount)}</Fact>
      </dl>
    </Panel>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-ink-muted">{label}</dt>
      <dd className="mt-0.5">{children}</dd>
    </div>
  );
}

/** Both heights over time: the chain's as a line, the node's as what is filled below it. */
function Picture({ samples }: { samples: readonly CatchUpSample[] }) {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || samples.length < 2)
    return <div className="mt-3 h-24 rounded-sm bg-sunken" aria-hidden="true" />;
  const lowest = Math.min(...samples.map(({ heightBlocks }) => heightBlocks));
  const highest = Math.max(...samples.map(({ tipBlocks, heightBlocks }) => Math.max(tipBlocks, heightBlocks)));
  const x = ({ atMs }: CatchUpSample) => ((atMs - first.atMs) / Math.max(1, last.atMs - first.atMs)) * WIDTH;
  const y = (blocks: number) => HEIGHT - 4 - ((blocks - lowest) / Math.max(1, highest - lowest)) * (HEIGHT - 8);
  const line = (of: (sample: CatchUpSample) => number) =>
    samples.map((sample, at) => `${at === 0 ? "M" : "L"}${x(sample).toFixed(1)} ${y(of(sample)).toFixed(1)}`).join("");
  const own = line(({ heightBlocks }) => heightBlocks);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`From block ${groupDigits(first.heightBlocks)} to ${groupDigits(last.heightBlocks)}, while the chain went from ${groupDigits(first.tipBlocks)} to ${groupDigits(last.tipBlocks)}`}
      className="mt-3 h-24 w-full rounded-sm bg-sunken"
    >
      <path d={`${own}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`} className="fill-accent-wash" />
      <path d={own} fill="none" strokeWidth="2" vectorEffect="non-scaling-stroke" className="stroke-accent" />
      <path
        d={line(({ tipBlocks }) => tipBlocks)}
        fill="none"
        strokeWidth="1.5"
        strokeDasharray="4 3"
        vectorEffect="non-scaling-stroke"
        className="stroke-ink-muted"
      />
    </svg>
  );
}
