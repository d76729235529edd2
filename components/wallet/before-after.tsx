import { ArrowRight } from "lucide-react";

/** One figure before and after, as text with its unit; null where it could not be worked out; no `before` where there is none, as of a fee. */
export type BeforeAfterRow = { label: string; before?: string | null; after: string | null };

/** What the chain's own simulation says will change, or why that could not be asked. */
export type BeforeAfterProps =
  | { status: "simulated"; rows: readonly BeforeAfterRow[]; atHeightBlocks: string }
  | { status: "pending" }
  | { status: "unavailable"; reason: string };

/** Balances and stake before and after. Unknown is said, with its reason. */
export function BeforeAfter(props: BeforeAfterProps) {
  return (
    <section>
      <h3 className="mb-2 text-sm font-semibold">Before and after</h3>
      {props.status === "simulated" ? (
        <>
          <table className="w-full text-sm">
            <thead className="sr-only">
              <tr>
                <th scope="col">Figure</th>
                <th scope="col">Before</th>
                <th scope="col">After</th>
              </tr>
            </thead>
            <tbody>
              {props.rows.map((row) => (
                <tr key={row.label} className="border-t first:border-t-0">
                  <th scope="row" className="py-1.5 pr-4 text-left font-normal text-ink-muted">
                    {row.label}
                  </th>
                  {row.before === undefined ? null : (
                    <td className="py-1.5 text-right">
                      <Value text={row.before} />
                    </td>
                  )}
                  <td
                    colSpan={row.before === undefined ? 2 : 1}
                    className="py-1.5 pl-2 text-right font-medium whitespace-nowrap"
                  >
                    {row.before === undefined ? null : (
                      <ArrowRight aria-hidden="true" className="mr-2 inline size-3.5 text-ink-faint" />
                    )}
                    <Value text={row.after} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="mt-1 text-xs text-ink-muted">
            Simulated by the chain at block {props.atHeightBlocks}; rewards of the next blocks come on top.
          </p>
        </>
      ) : (
        <p className="hatch rounded-md p-1">
          <span className="block rounded-sm bg-panel px-3 py-2 text-sm text-ink-muted">
            {props.status === "pending" ? "The chain is working it out." : `Not known: ${props.reason}`}
          </span>
        </p>
      )}
    </section>
  );
}

function Value({ text }: { text: string | null }) {
  return text === null ? <span className="hatch rounded-sm px-2 text-ink-muted">not known</span> : text;
}
