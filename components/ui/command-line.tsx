import { CopyButton } from "./copy-button";

/** A command to run elsewhere, whole and with its copy; it breaks anywhere, so that nothing scrolls sideways. */
export function CommandLine({ text }: { text: string }) {
  return (
    <div className="flex items-start gap-2 rounded-md border bg-sunken py-1 pr-1 pl-3">
      <code suppressHydrationWarning className="min-w-0 flex-1 py-1.5 font-mono text-xs break-all">
        {text}
      </code>
      <CopyButton value={text} label="Copy command" />
    </div>
  );
}
