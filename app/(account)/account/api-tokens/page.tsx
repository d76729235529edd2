import type { Metadata } from "next";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { TokenList } from "@/components/account/token-list";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "API tokens" };

export default async function ApiTokensPage({ searchParams }: { searchParams: PageSearch }) {
  const caller = await api();
  const cursor = (await toSearchParams(searchParams)).get("cursor");
  const [me, initial] = await Promise.all([
    caller.identity.me(),
    firstRead(caller.identity.apiTokens({ limit: 50, ...(cursor ? { cursor } : {}) })),
  ]);
  const mayMake = me?.scopes.includes("identity:write") ?? false;
  const offered = mayMake && me ? me.scopes.filter((scope) => !scope.startsWith("platform:")) : [];
  return <TokenList initial={initial} offered={offered} />;
}
