import type { DataColumn } from "@/components/data-table/data-column";
import { NameCell } from "@/components/data-table/name-cell";
import { AgeText } from "@/components/figures/age-text";
import { StateBadge } from "@/components/state/state-badge";
import type { ApiToken } from "@/server/domains/identity/schemas";

/** How a token stands as of that time. */
export function tokenJudgement(token: ApiToken, asOfMs: number) {
  if (token.revokedAt !== null) return { state: "off", word: "Revoked" } as const;
  if (token.expiresAt !== null && Date.parse(token.expiresAt) <= asOfMs)
    return { state: "off", word: "Expired" } as const;
  return { state: "ok", word: "Live" } as const;
}

/** Columns of the list of tokens; the acts of a row come from the page. */
export const tokenColumns = (
  asOfMs: number,
  actsOf: (token: ApiToken) => React.ReactNode,
): readonly DataColumn<ApiToken>[] => [
  {
    id: "name",
    header: "Name",
    isName: true,
    cell: (token) => <NameCell name={token.name} />,
    text: (token) => token.name,
  },
  {
    id: "state",
    header: "State",
    cell: (token) => <StateBadge {...tokenJudgement(token, asOfMs)} />,
    text: (token) => tokenJudgement(token, asOfMs).word,
  },
  {
    id: "prefix",
    header: "Begins with",
    cell: (token) => <span className="font-mono text-xs">{token.displayPrefix}…</span>,
    text: (token) => token.displayPrefix,
  },
  {
    id: "scopes",
    header: "May",
    cell: (token) => <span className="font-mono text-xs break-words">{token.scopes.join(" ")}</span>,
    text: (token) => token.scopes.join(" "),
  },
  {
    id: "lastUsedAt",
    header: "Last used",
    align: "right",
    cell: (token) =>
      token.lastUsedAt ? <AgeText at={token.lastUsedAt} /> : <span className="text-ink-muted">never</span>,
    text: (token) => token.lastUsedAt ?? "",
  },
  {
    id: "expiresAt",
    header: "Ends",
    align: "right",
    cell: (token) =>
      token.expiresAt ? <AgeText at={token.expiresAt} /> : <span className="text-ink-muted">never</span>,
    text: (token) => token.expiresAt ?? "",
  },
  {
    id: "createdAt",
    header: "Created",
    align: "right",
    cell: (token) => <AgeText at={token.createdAt} />,
    text: (token) => token.createdAt,
  },
  { id: "acts", header: "Acts", align: "right", cell: actsOf },
];
