"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { AgeText } from "@/components/figures/age-text";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Panel } from "@/components/ui/panel";
import { writtenOut } from "@/lib/names/unseen";
import type { SetupRequestView } from "@/server/domains/validators/requests/schemas";
import { badgeSnippets } from "./badge-snippets";

function Snippet({ label, text }: { label: string; text: string }) {
  return (
    <div className="grid gap-1">
      <div className="flex items-center justify-between gap-2">
        <h3 className="text-xs text-ink-muted">{label}</h3>
        <CopyButton value={text} label={`Copy ${label}`} />
      </div>
      <pre className="rounded-md border bg-sunken p-2 font-mono text-xs wrap-anywhere whitespace-pre-wrap">{text}</pre>
    </div>
  );
}

/** Whether everybody may see the validator's page, and what to put into a page of one's own once they may. */
export function PublicPagePanel({
  setup,
  mayPublish,
}: {
  setup: Pick<SetupRequestView, "id" | "operatorAddress" | "publishedAt" | "validatorName">;
  mayPublish: boolean;
}) {
  const client = useTRPCClient();
  const router = useRouter();
  const act = useAct(
    (isPublic: boolean) => client.validators.setPublicPage.mutate({ setupRequestId: setup.id, isPublic }),
    () => router.refresh(),
  );
  const isPublic = setup.publishedAt !== null;
  const path = `/v/${setup.operatorAddress}`;
  const [origin, setOrigin] = useState("");
  useEffect(() => setOrigin(window.location.origin), []);
  const { markdown, html } = badgeSnippets({
    origin,
    operatorAddress: setup.operatorAddress,
    name: writtenOut(setup.validatorName),
  });
  return (
    <Panel
      title="Public page"
      aside={
        mayPublish ? (
          <Button size="small" busy={act.isBusy} onClick={() => void act.run(!isPublic)}>
            {isPublic ? "Take the page down" : "Publish the page"}
          </Button>
        ) : undefined
      }
    >
      <div className="grid gap-4 text-sm">
        {setup.publishedAt !== null ? (
          <p>
            Everybody can see{" "}
            <a href={path} className="break-all text-accent underline underline-offset-2">
              {path}
            </a>
            , published <AgeText at={setup.publishedAt} />. It shows how the validator stands, its blocks, stake and
            commission, and what you wrote on the chain; nothing of its node or of your organisation. Taken down, its
            page and badge answer as those of nobody.
          </p>
        ) : (
          <p>
            Off. Published, everybody can see how the validator stands, its blocks, stake and commission, and what you
            wrote on the chain at a page of its own, with a badge for your site; nothing of its node or of your
            organisation is shown. It can be taken down at any time.
          </p>
        )}
        {act.error ? (
          <p role="alert" className="text-danger-text">
            {act.error}
          </p>
        ) : null}
        {isPublic ? (
          <>
            {/* biome-ignore lint/performance/noImgElement: a badge is a picture as other sites embed it, and is never resized */}
            <img
              src={`${path}/badge.svg`}
              alt={`Badge of ${writtenOut(setup.validatorName)}`}
              height={20}
              className="h-5"
            />
            <Snippet label="Markdown" text={markdown} />
            <Snippet label="HTML" text={html} />
          </>
        ) : null}
      </div>
    </Panel>
  );
}
