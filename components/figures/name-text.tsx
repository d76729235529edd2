import { confusionOf } from "@/lib/names/mixed-scripts";
import { writtenOut } from "@/lib/names/unseen";

/** A name that somebody gave: what cannot be seen of it is written out, and what makes it look like another name is said beside it. */
export function NameText({ name }: { name: string }) {
  const confusion = confusionOf(name);
  return (
    <>
      {writtenOut(name)}
      {confusion === null ? null : (
        <span
          title={`${confusion}, so it can be taken for another name.`}
          className="ml-1.5 rounded-sm border border-attention-mark px-1 text-xs text-attention-text"
        >
          {confusion}
        </span>
      )}
    </>
  );
}
