"use client";

import { useQuery } from "@tanstack/react-query";
import { failedRead } from "@/components/data/failed-read";
import { useTRPC } from "@/components/data/trpc-client";
import { useLiveRead } from "@/components/data/use-live";
import { DetailPage } from "@/components/layout/detail-page";
import { standingJudgement } from "@/components/state/judgements";
import { useSigningStrips } from "@/components/validators/use-signing-strips";
import type { SetupWithNode } from "@/server/domains/validators/requests/schemas";
import type { Page } from "@/server/kernel/pagination";
import { AttentionPanel } from "./attention-panel";
import { attentionSentence } from "./attention-sentence";
import { FleetPanel } from "./fleet-panel";
import { GLANCE_ROWS } from "./glance";
import { TourPanel } from "./tour-panel";
import { tourSteps } from "./tour-steps";
import { type FirstAttention, useAttention } from "./use-attention";

type HomePageProps = {
  organizationName: string;
  isTourOpen: boolean;
  firstAttention: readonly FirstAttention[];
  firstValidators: Page<SetupWithNode> | undefined;
};

/** What needs somebody now, of all products; below it how things stand. */
export function HomePage({ organizationName, isTourOpen, firstAttention, firstValidators }: HomePageProps) {
  const trpc = useTRPC();
  const attention = useAttention(firstAttention);
  const ofGlance = { limit: GLANCE_ROWS };
  const pace = useLiveRead(trpc.validators.listSetupRequests.queryKey(ofGlance));
  const validators = useQuery(
    trpc.validators.listSetupRequests.queryOptions(ofGlance, {
      ...pace,
      ...(firstValidators ? { initialData: firstValidators } : {}),
    }),
  );
  const rows = validators.data?.items;
  const stripOf = useSigningStrips(rows ?? []);
  const strips = rows?.map(({ setupRequest }) => stripOf(setupRequest)) ?? [];
  // One in jail signs none of the newest blocks, and has signed all the same.
  const hasSigned =
    strips.some((strip) => strip.status === "ready" && strip.states.includes("signed")) ||
    (rows ?? []).some(({ setupRequest }) => setupRequest.firstSigned !== null);
  const verdict = attentionSentence({
    ...attention,
    hasAnything: rows && rows.length > 0,
    running: rows
      ?.filter(({ setupRequest }) => setupRequest.status === "active")
      .map(({ setupRequest }) => standingJudgement(setupRequest.standing).state),
  });
  return (
    <DetailPage
      title={organizationName}
      sentence={{ state: verdict.state, word: verdict.word, children: verdict.sentence }}
    >
      {attention.items.length > 0 ? <AttentionPanel items={attention.items} /> : null}
      {isTourOpen ? (
        <TourPanel steps={tourSteps({ setups: rows?.map(({ setupRequest }) => setupRequest), hasSigned })} />
      ) : null}
      <FleetPanel
        rows={rows}
        hasMore={validators.data?.nextCursor != null}
        failure={validators.error ? failedRead(validators.error, "The list of validators") : null}
        stripOf={stripOf}
        onRetry={() => void validators.refetch()}
        isActElsewhere={isTourOpen}
      />
    </DetailPage>
  );
}
