const STEPS = [
  {
    title: "Runs the node",
    text: "In a region you choose, as a process or a container, with its key and its sign state on a volume that outlives it.",
  },
  {
    title: "Leaves the account key with you",
    text: "Keplr, Leap or Cosmostation sign. The server sees signatures and transactions, never a key of yours.",
  },
  {
    title: "Shows what you sign",
    text: "Every message in plain words, balances before and after, and what can never be changed again in a frame of its own.",
  },
  {
    title: "Watches every block",
    text: "Signed, missed or not read; how many misses are left before jail; and a sentence that says which of them matters now.",
  },
] as const;

/** The four things it does, in the order in which a newcomer meets them. */
export function StepList() {
  return (
    <ol className="grid gap-x-10 gap-y-8 sm:grid-cols-2 lg:grid-cols-4">
      {STEPS.map(({ title, text }, index) => (
        <li key={title} className="border-t-2 border-ink pt-3">
          <p className="font-mono text-sm text-ink-faint">{index + 1}</p>
          <h3 className="mt-1 text-lg font-semibold">{title}</h3>
          <p className="mt-1 text-lg text-pretty text-ink-muted">{text}</p>
        </li>
      ))}
    </ol>
  );
}
