/** Pages of the entity, on the frames that every list and every page of one thing has. */
export function screenTemplates({ domain, entity, Entity, ENTITY, plural, Plural, href, one }) {
  const pages = `app/o/[organization]${href}`;
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
  const [me, initial] = await Promise.all([
    caller.identity.me(),
    firstRead(caller.${domain}.list${Plural}({ limit: 50, ...(cursor ? { cursor } : {}) })),
  ]);
  return <${Entity}List initial={initial} canMake={me?.scopes.includes("${domain}:write") ?? false} />;
}
`,
    [`${pages}/[${entity}Id]/page.tsx`]: `import type { Metadata } from "next";
import { firstRead } from "@/app/first-read";
import { ${Entity}Detail } from "@/components/${domain}/${entity}-detail";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "${Entity}" };

export default async function One${Entity}Page({ params }: { params: Promise<{ ${entity}Id: string }> }) {
  const { ${entity}Id } = await params;
  const initial = await firstRead((await api()).${domain}.get${Entity}({ ${entity}Id }));
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

/** How each status of ${one} is judged and called. */
export const ${ENTITY}_JUDGEMENT = {
  pending: { state: "moving", word: "Pending" },
  ready: { state: "ok", word: "Ready" },
  retired: { state: "off", word: "Retired" },
} as const satisfies Record<${Entity}["status"], { state: State; word: string }>;
`,
    [`${parts}/${entity}-list.tsx`]: `"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/components/data/trpc-client";
import type { DataColumn } from "@/components/data-table/data-column";
import { AgeText } from "@/components/figures/age-text";
import { useOrganizationHref } from "@/components/layout/console-place";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import { StateBadge } from "@/components/state/state-badge";
import { Button } from "@/components/ui/button";
import type { ${Entity} } from "@/server/domains/${domain}/schemas";
import { ${ENTITY}_JUDGEMENT } from "./${entity}-judgement";
import { New${Entity} } from "./new-${entity}";

const REFETCH_MS = 5_000;
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

type ${Entity}ListProps = {
  initial: { readonly items: readonly ${Entity}[]; readonly nextCursor: string | null } | undefined;
  /** Whether this person may make one. */
  canMake: boolean;
};

/** The organisation's ${plural}, newest first. */
export function ${Entity}List({ initial, canMake }: ${Entity}ListProps) {
  const trpc = useTRPC();
  const hrefOf = useOrganizationHref();
  const cursor = useSearchParams().get("cursor") ?? undefined;
  const [isMaking, setMaking] = useState(false);
  const read = useQuery(
    trpc.${domain}.list${Plural}.queryOptions(
      { limit: 50, ...(cursor ? { cursor } : {}) },
      { refetchInterval: REFETCH_MS, ...(initial ? { initialData: initial } : {}) },
    ),
  );
  const make = canMake ? (
    <Button kind="primary" onClick={() => setMaking(true)}>
      <Plus />
      New ${entity}
    </Button>
  ) : undefined;
  const isEmpty = read.data?.items.length === 0 && cursor === undefined;
  return (
    <ListPage
      id="${plural}"
      title="${Plural}"
      actions={isEmpty ? undefined : make}
      subject="The list of ${plural}"
      read={read}
      columns={COLUMNS}
      rowId={({ id }) => id}
      rowHref={({ id }) => hrefOf(\`${href}/\${id}\`)}
      empty={
        <EmptyState title="No ${plural} yet" action={make}>
          Each stands here with how far it is.
        </EmptyState>
      }
    >
      <New${Entity} open={isMaking} onOpenChange={setMaking} />
    </ListPage>
  );
}
`,
    [`${parts}/new-${entity}.tsx`]: `"use client";

import { useState } from "react";
import { useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ${ENTITY}_NAME_MAX_CHARACTERS } from "@/server/domains/${domain}/constants";

/** Asks for ${one} by its name. */
export function New${Entity}({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const client = useTRPCClient();
  const [name, setName] = useState("");
  const make = useAct(
    () => client.${domain}.create${Entity}.mutate({ name: name.trim() }),
    () => {
      setName("");
      onOpenChange(false);
    },
  );
  const isReady = name.trim() !== "";
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        make.forget();
        onOpenChange(next);
      }}
      title="New ${entity}"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Leave it</Button>
          <Button kind="primary" type="submit" form="new-${entity}" disabled={!isReady} busy={make.isBusy}>
            Make ${entity}
          </Button>
        </>
      }
    >
      <form
        id="new-${entity}"
        className="grid gap-4 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !make.isBusy) void make.run(undefined);
        }}
      >
        <Field label="Name" required error={make.error} hint="Seen by the members of this organisation.">
          {(control) => (
            <Input
              {...control}
              value={name}
              maxLength={${ENTITY}_NAME_MAX_CHARACTERS}
              autoComplete="off"
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
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

const REFETCH_MS = 5_000;

/** One ${entity}: what it is called and how far it is. */
export function ${Entity}Detail({ ${entity}Id, initial }: { ${entity}Id: string; initial: ${Entity} | undefined }) {
  const trpc = useTRPC();
  const hrefOf = useOrganizationHref();
  const read = useQuery(
    trpc.${domain}.get${Entity}.queryOptions(
      { ${entity}Id },
      { refetchInterval: REFETCH_MS, ...(initial ? { initialData: initial } : {}) },
    ),
  );
  const trail = [{ href: hrefOf("${href}"), label: "${Plural}" }];
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
