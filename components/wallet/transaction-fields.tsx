import { LockKeyhole } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import type { DecodedField } from "@/lib/chain/decode/decoded-transaction";

/** Every field in its order, with a heading where the group changes; whole values, never shortened. */
export function FieldList({ fields }: { fields: readonly DecodedField[] }) {
  return (
    <div className="grid gap-2 text-sm">
      {groupRuns(fields).map((run) => (
        <div key={run[0]?.path}>
          {run[0]?.group ? <p className="pt-1 text-xs text-ink-faint">{run[0].group}</p> : null}
          <dl className="divide-y">
            {run.map((field) => (
              <FieldRow key={field.path} field={field} />
            ))}
          </dl>
        </div>
      ))}
    </div>
  );
}

/** Neighbours of one group together; the order of the fields stays as it is signed. */
function groupRuns(fields: readonly DecodedField[]): readonly (readonly DecodedField[])[] {
  const runs: DecodedField[][] = [];
  for (const field of fields) {
    const run = runs.at(-1);
    if (run && run[0]?.group === field.group) run.push(field);
    else runs.push([field]);
  }
  return runs;
}

/** One field: its label, its whole value, and whether it lasts or is not understood. */
export function FieldRow({ field }: { field: DecodedField }) {
  return (
    <div className="grid gap-x-4 py-1.5 sm:grid-cols-[12rem_minmax(0,1fr)]">
      <dt className="text-ink-muted">
        {field.label}
        {field.permanent ? (
          <LockKeyhole
            role="img"
            aria-label="can never be changed"
            className="ml-1.5 inline size-3.5 align-[-0.15em] text-danger-text"
          />
        ) : null}
      </dt>
      <dd
        className={classNames("min-w-0 break-all whitespace-pre-wrap", isCode(field) && "font-mono text-xs leading-5")}
      >
        {field.unknown ? (
          <span className="hatch mr-2 inline-flex rounded-sm px-1 font-sans">
            <span className="bg-panel px-1 text-xs">not understood</span>
          </span>
        ) : null}
        {field.display}
      </dd>
    </div>
  );
}

/** Addresses, keys and raw bytes are set in mono: long, and without a space. */
function isCode(field: DecodedField): boolean {
  return field.unknown || (field.display.length > 24 && !/\s/.test(field.display));
}
