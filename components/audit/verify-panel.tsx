"use client";

import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { shownError } from "@/components/data/trpc-client";
import { AddressText } from "@/components/figures/address-text";
import { AgeText } from "@/components/figures/age-text";
import { StateSentence } from "@/components/state/state-sentence";
import { Button } from "@/components/ui/button";
import type { AuditVerdict } from "@/server/domains/identity/schemas";
import { verdictsSentence } from "./audit-verdicts";

type Walk =
  | { readonly status: "idle" }
  | { readonly status: "walking"; readonly done: number; readonly total: number | null }
  | { readonly status: "failed"; readonly sentence: string }
  | { readonly status: "done"; readonly verdicts: readonly AuditVerdict[] };

type VerifyPanelProps = {
  /** What the button does. */
  act: string;
  /** Walks the chains one after the other; `onWalk` is told how many are done, and of how many once that is known. */
  verify: (onWalk: (done: number, total: number) => void) => Promise<readonly AuditVerdict[]>;
};

/** Has chains recomputed at a press, and says what was found. */
export function VerifyPanel({ act, verify }: VerifyPanelProps) {
  const [walk, setWalk] = useState<Walk>({ status: "idle" });

  async function run(): Promise<void> {
    setWalk({ status: "walking", done: 0, total: null });
    try {
      const verdicts = await verify((done, total) => setWalk({ status: "walking", done, total }));
      setWalk({ status: "done", verdicts });
    } catch (thrown) {
      const { message, code } = shownError(thrown);
      setWalk({ status: "failed", sentence: `${message} [${code}]` });
    }
  }

  return (
    <div className="grid gap-2 rounded-md border bg-panel px-4 py-3">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-80">
          <Finding walk={walk} />
        </div>
        <Button onClick={() => void run()} busy={walk.status === "walking"}>
          <ShieldCheck />
          {act}
        </Button>
      </div>
    </div>
  );
}

function Finding({ walk }: { walk: Walk }) {
  switch (walk.status) {
    case "idle":
      return (
        <StateSentence state="unknown" word="Not verified in this view">
          Each row carries the hash of the one before it; verifying recomputes them all and compares the heads that are
          kept outside the database.
        </StateSentence>
      );
    case "walking":
      return (
        <StateSentence state="moving" word="Verifying" live>
          {walk.total === null ? "Reading the heads." : `${walk.done} of ${walk.total} chains done.`}
        </StateSentence>
      );
    case "failed":
      return (
        <StateSentence state="unknown" word="Not verified" live>
          {walk.sentence}
        </StateSentence>
      );
    case "done": {
      const isIntact = walk.verdicts.every((verdict) => verdict.isIntact);
      const [last] = walk.verdicts.toReversed();
      const shown = walk.verdicts.find((verdict) => !verdict.isIntact) ?? last;
      return (
        <>
          <StateSentence state={isIntact ? "ok" : "danger"} word={isIntact ? "Intact" : "Tampered with"} live>
            {verdictsSentence(walk.verdicts)}
          </StateSentence>
          {shown ? (
            <p className="mt-1 flex flex-wrap items-center gap-x-3 pl-6 text-xs text-ink-muted">
              <span>
                Verified <AgeText at={shown.verifiedAt} />
              </span>
              {walk.verdicts.length === 1 || !shown.isIntact ? (
                <span className="inline-flex items-center gap-1">
                  {shown.isIntact ? "Head" : "Last good hash"}
                  <AddressText value={shown.lastHash} kind="hash" />
                </span>
              ) : null}
            </p>
          ) : null}
        </>
      );
    }
  }
}
