"use client";

import { failureWords } from "@/components/layout/failure-words";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";

/** Stands in the place of a page that could not be put together; the frame around it goes on working. */
export function SectionError({ digest, onRetry }: { digest?: string | undefined; onRetry: () => void }) {
  const { title, sentence } = failureWords(digest);
  return (
    <>
      <PageHeader title={title} />
      <Panel>
        <p className="max-w-150 text-base text-pretty text-ink-muted">{sentence}</p>
        <div className="mt-4 flex flex-wrap items-center gap-4">
          <Button kind="primary" onClick={onRetry}>
            Try this page again
          </Button>
          {digest ? <span className="font-mono text-xs text-ink-faint">{digest}</span> : null}
        </div>
      </Panel>
    </>
  );
}
