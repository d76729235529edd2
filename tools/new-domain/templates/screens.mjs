/** Pages of the entity, on the frames that every list and every page of one thing has. */
export function screenTemplates({ domain, entity, Entity, ENTITY, plural, Plural }) {
  const pages = `app/o/[organization]/${plural}`;
  const parts = `components/${domain}`;
  return {
    [`${pages}/page.tsx`]: `import type { Metadata } from "next";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { ${Entity}List } from "@/components/${domain}/${entity}-list";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "${Plural}" };

export default async function ${Plural}Page({ searchParams }: { searchParams: PageSearch }) {
  const caller = await api();
  const cursor = (await toSearchParams(searchParams)).get("cursor");
  const initial = await firstRead(caller.${domain}.list({ limit: 50, ...(cursor ? { cursor } : {}) }));
  return <${Entity}List initial={initial} />;
}
`,
    [`${pages}/[${entity}Id]/page.tsx`]: `import type { Metadata } from "next";
import { firstRead } from "@/app/first-read";
import { ${Entity}Detail } from "@/components/${domain}/${entity}-detail";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "${Entity}" };

export default async function One${Entity}Page({ params }: { params: Promise<{ ${entity}Id: string }> }) {
  const { ${entity}Id } = await params;
  const initial = await firstRead((await api()).${domain}.get({ ${entity}Id }));
  return <${Entity}Detail ${entity}Id={${entity}Id} initial={initial} />;
}
`,
    [`${pages}/loading.tsx`]: `import { ListLoading } from "@/components/layout/list-loading";

export default function Loading() {
  return <ListLoading title="${Plural}" columns={3} />;
}
`,
    [`${pages}/[${entity}Id]/loading.tsx`]: `import { DetailLoading } from "@/components/layout/detail-loading";

export default function Loading() {
  return <DetailLoading />;
}
`,
    [`${parts}/${entity}-judgement.ts`]: `import type { State } from "@/components/state/state";
import type { ${Entity} } from "@/server/domains/${domain}/schemas";

/** How each status of a ${entity} is judged and called. */
export const ${ENTITY}_JUDGEMENT = {
  pending: { state: "moving", word: "Pending" },
  ready: { state: "ok", word: "Ready" },
  retired: { state: "off", word: "Retired" },
} as const satisfies Record<${Entity}["status"], { state: State; word: string }>;
`,
    [`${parts}/${entity}-list.tsx`]: `"use client";

import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useTRPC } from "@/components/data/trpc-client";
import type { DataColumn } from "@/components/data-table/data-column";
import { AgeText } from "@/components/figures/age-text";
import { useOrganizationHref } from "@/components/layout/console-place";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import { StateBadge } from "@/components/state/state-badge";
import type { ${Entity} } from "@/server/domains/${domain}/schemas";
import { ${ENTITY}_JUDGEMENT } from "./${entity}-judgement";

const COLUMNS: readonly DataColumn<${Entity}>[] = [
  { id: "name", header: "Name", isName: true, cell: ({ name }) => name, text: ({ name }) => name },
  {
    id: "status",
    header: "Status",
    cell: ({ status }) => <StateBadge {...${ENTITY}_JUDGEMENT[status]} />,
    text: ({ status }) => status,
  },
  {
    id: "created",
    header: "Made",
    cell: ({ createdAt }) => <AgeText at={createdAt} />,
    text: ({ createdAt }) => createdAt,
  },
];

type Page = { readonly items: readonly ${Entity}[]; readonly nextCursor: string | null };

/** The organisation's ${plural}, newest first. */
export function ${Entity}List({ initial }: { initial: Page | undefined }) {
  const trpc = useTRPC();
  const hrefOf = useOrganizationHref();
  const cursor = useSearchParams().get("cursor") ?? undefined;
  const read = useQuery(
    trpc.${domain}.list.queryOptions({ limit: 50, ...(cursor ? { cursor } : {}) }, initial ? { initialData: initial } : {}),
  );
  return (
    <ListPage
      id="${plural}"
      title="${Plural}"
      subject="The list of ${plural}"
      read={read}
      columns={COLUMNS}
      rowId={({ id }) => id}
      rowHref={({ id }) => hrefOf(\`/${plural}/\${id}\`)}
      empty={
        <EmptyState title="None yet">A program makes them by REST; each one stands here with how far it is.</EmptyState>
      }
    />
  );
}
`,
    [`${parts}/${entity}-detail.tsx`]: `"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import { AgeText } from "@/components/figures/age-text";
import { FactList } from "@/components/figures/fact-list";
import { useOrganizationHref } from "@/components/layout/console-place";
import { DetailPage } from "@/components/layout/detail-page";
import { DetailRead } from "@/components/layout/detail-read";
import { StateBadge } from "@/components/state/state-badge";
import { Panel } from "@/components/ui/panel";
import type { ${Entity} } from "@/server/domains/${domain}/schemas";
import { ${ENTITY}_JUDGEMENT } from "./${entity}-judgement";

/** One ${entity}: what it is called and how far it is. */
export function ${Entity}Detail({ ${entity}Id, initial }: { ${entity}Id: string; initial: ${Entity} | undefined }) {
  const trpc = useTRPC();
  const hrefOf = useOrganizationHref();
  const read = useQuery(trpc.${domain}.get.queryOptions({ ${entity}Id }, initial ? { initialData: initial } : {}));
  const trail = [{ href: hrefOf("/${plural}"), label: "${Plural}" }];
  return (
    <DetailRead kind="${Entity}" id={${entity}Id} trail={trail} subject="This ${entity}" read={read}>
      {({ id, name, status, createdAt }, stale) => (
        <DetailPage title={name} trail={trail} stale={stale}>
          <Panel flush>
            <FactList
              facts={[
                { label: "Status", value: <StateBadge {...${ENTITY}_JUDGEMENT[status]} /> },
                { label: "Made", value: <AgeText at={createdAt} /> },
                { label: "Id", value: <span className="font-mono">{id}</span> },
              ]}
            />
          </Panel>
        </DetailPage>
      )}
    </DetailRead>
  );
}
`,
  };
}
