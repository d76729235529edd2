"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { Panel } from "@/components/ui/panel";
import type { JobRunDetail } from "@/server/domains/operations/schemas";

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}

const WITHOUT_RESULT: Record<JobRunDetail["status"], string> = {
  queued: "The run has not begun.",
  running: "The run has not ended.",
  completed: "The function returns nothing.",
  failed: "The run failed, so there is none.",
  cancelled: "The run was cancelled, so there is none.",
};

/** The event that started the run, and what the run returned. */
export function RunPayload({ run }: { run: JobRunDetail }) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Json title="Event" json={run.event} whenEmpty="" />
      <Json title="Result" json={run.output} whenEmpty={WITHOUT_RESULT[run.status]} />
    </div>
  );
}

function Json({ title, json, whenEmpty }: { title: string; json: string | null; whenEmpty: string }) {
  if (json === null || json === "null") {
    return (
      <Panel title={title}>
        <p className="text-sm text-ink-muted">{whenEmpty}</p>
      </Panel>
    );
  }
  return (
    <Panel title={title} flush aside={<CopyButton value={json} label={`Copy ${title.toLowerCase()}`} />}>
      <pre className="max-h-80 overflow-y-auto bg-sunken p-4 font-mono text-xs break-words whitespace-pre-wrap">
        {pretty(json)}
      </pre>
    </Panel>
  );
}
