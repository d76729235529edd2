import type { Metadata } from "next";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { TokenList } from "@/components/account/token-list";
import { listTokenScopes } from "@/server/kernel/scopes";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "API tokens" };

export default async function ApiTokensPage({ searchParams }: { searchParams: PageSearch }) {
  const caller = await api();
  const cursor = (await toSearchParams(searchParams)).get("cursor");
  const [me, initial] = await Promise.all([
    caller.identity.me(),
    firstRead(caller.identity.listApiTokens({ limit: 50, ...(cursor ? { cursor } : {}) })),
  ]);
  const mayMake = me?.scopes.includes("identity:write") ?? false;
  const offered = mayMake ? listTokenScopes().filter(({ scope }) => me?.scopes.includes(scope)) : [];
  return <TokenList initial={initial} offered={offered} />;
}
