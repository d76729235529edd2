import { AgeText } from "@/components/figures/age-text";
import { Figure, FigureRow } from "@/components/figures/figure";
import { UnknownText } from "@/components/figures/unknown-text";
import { formatDuration } from "@/lib/format/format-duration";
import { formatShare } from "@/lib/format/format-percent";
import { groupDigits } from "@/lib/format/group-digits";
import type { Receipts } from "@/server/domains/validators/public-page/schemas";

const NOTHING_READ = "This installation's rows could not be read now.";

const counted = (count: number, one: string, many: string): string =>
  `${groupDigits(count)} ${count === 1 ? one : many}`;

/** The rows were read, and there is nothing to measure in them: that is known. */
const NoneYet = () => <span className="text-ink-muted">none yet</span>;

function Blocks({ blocks }: { blocks: Receipts["blocks"] }) {
  const asked = BigInt(blocks === null ? 0 : blocks.signed + blocks.missed);
  return blocks === null || asked === 0n ? <NoneYet /> : formatShare(BigInt(blocks.signed), asked);
}

/** What this installation did, by its own rows: each figure with its window, and none that was not measured. */
export function ReceiptFigures({ receipts }: { receipts: Receipts | null }) {
  const within = receipts ? `in ${receipts.windowDays} days` : undefined;
  return (
    <section aria-labelledby="receipts" className="pt-12">
      <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id="receipts" className="text-xl font-semibold tracking-tight">
          Receipts
        </h2>
        <p className="text-sm text-ink-muted">
          Measured by this installation
          {receipts ? (
            <>
              {" "}
              <AgeText at={receipts.measuredAt} />
            </>
          ) : null}
          ; also at{" "}
          <a href="/api/v1/receipts" className="underline underline-offset-2">
            /api/v1/receipts
          </a>
        </p>
      </div>
      <FigureRow>
        <Figure
          label="Validators run now"
          value={receipts ? groupDigits(receipts.validators) : <UnknownText reason={NOTHING_READ} />}
          detail="made here, and on their chain"
        />
        <Figure
          label="Blocks signed, of those that asked"
          value={receipts ? <Blocks blocks={receipts.blocks} /> : <UnknownText reason={NOTHING_READ} />}
          detail={
            receipts?.blocks ? (
              <>
                {groupDigits(receipts.blocks.signed)} signed, {groupDigits(receipts.blocks.missed)} missed {within},
                first recorded <AgeText at={receipts.blocks.since} />
              </>
            ) : receipts ? (
              `no block has asked a validator made here ${within}`
            ) : undefined
          }
        />
        <Figure
          label="From request to a ready node, median"
          value={
            receipts === null ? (
              <UnknownText reason={NOTHING_READ} />
            ) : receipts.setups ? (
              formatDuration(receipts.setups.medianMs)
            ) : (
              <NoneYet />
            )
          }
          detail={
            receipts?.setups
              ? `${counted(receipts.setups.count, "setup", "setups")} ${within}, at the first try`
              : receipts
                ? `no setup was ready ${within}`
                : undefined
          }
        />
        <Figure
          label="Starts refused, since they could sign twice"
          value={receipts ? groupDigits(receipts.refusedStarts) : <UnknownText reason={NOTHING_READ} />}
          detail={within}
        />
      </FigureRow>
    </section>
  );
}
