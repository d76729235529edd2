import { csvLine } from "@/lib/format/csv";
import type { ServiceCtx } from "@/server/kernel/context";
import { MAX_EXPORTED_ACTS } from "../constants";
import type { Act, ActFilters } from "../schemas";
import { actPage } from "./list-acts";

/** Rows that are read at a time, and all that are held in memory. */
const PAGE_ROWS = 500;

const COLUMNS = [
  ["createdAt", ({ createdAt }) => createdAt],
  ["kind", ({ kind }) => kind],
  ["status", ({ status }) => status],
  ["networkId", ({ networkId }) => networkId],
  ["signerAddress", ({ signerAddress }) => signerAddress],
  ["operatorAddress", ({ operatorAddress }) => operatorAddress ?? ""],
  ["proposalId", ({ proposalId }) => proposalId ?? ""],
  ["amountBaseUnits", ({ amountBaseUnits }) => amountBaseUnits ?? ""],
  ["feeBaseUnits", ({ feeBaseUnits }) => feeBaseUnits],
  ["denom", ({ denom }) => denom],
  ["txHash", ({ txHash }) => txHash ?? ""],
  ["heightBlocks", ({ heightBlocks }) => heightBlocks ?? ""],
  ["reason", ({ reason }) => reason ?? ""],
  ["sentences", ({ sentences }) => sentences.join(". ")],
  ["actor", ({ actor }) => actor],
  ["id", ({ id }) => id],
] as const satisfies readonly (readonly [string, (act: Act) => string])[];

const HEAD = csvLine(COLUMNS.map(([name]) => name));
const lineOf = (act: Act): string => csvLine(COLUMNS.map(([, text]) => text(act)));

/** What the file is cut with: a line of as many cells as the others, the first of which says how to get what is older. */
function lastLine({ createdAt }: Act): string {
  const until = new Date(Date.parse(createdAt) + 1).toISOString();
  const words = `Not all: these are the newest ${MAX_EXPORTED_ACTS} rows. For older ones ask with until=${until}`;
  return csvLine(COLUMNS.map((_, index) => (index === 0 ? words : "")));
}

/** The organisation's transactions as CSV, newest first: the rows of the list by its own cursor. */
export async function* exportActs(
  { db, organizationId }: Pick<ServiceCtx, "db" | "organizationId">,
  filters: ActFilters,
): AsyncGenerator<string> {
  if (organizationId === null) throw new Error("acts are exported for an organisation alone");
  yield HEAD;
  let cursor: string | undefined;
  for (let rows = PAGE_ROWS; rows <= MAX_EXPORTED_ACTS; rows += PAGE_ROWS) {
    const page = await actPage(db, organizationId, filters, { limit: PAGE_ROWS, cursor });
    const last = page.items.at(-1);
    if (last === undefined) return;
    yield page.items.map(lineOf).join("");
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
    if (rows === MAX_EXPORTED_ACTS) yield lastLine(last);
  }
}

/** How such a file begins. */
export const ACTS_EXPORT_EXAMPLE = `${HEAD}${lineOf({
  id: "act_01929d3e-7b1c-7a44-9c1e-3f8f6c2d9a10",
  kind: "delegate",
  status: "done",
  actor: "user:usr_01929d3e-7b1c-7a44-9c1e-3f8f6c2d9a11",
  networkId: "net_01929d3e-7b1c-7a44-9c1e-3f8f6c2d9a12",
  signerAddress: "omni1qypqxpq9qcrsszg2pvxq6rs0zqg3yyc5lzv7xu",
  operatorAddress: null,
  proposalId: null,
  amountBaseUnits: "2500000",
  denom: "omniphi",
  feeBaseUnits: "7500",
  sentences: ["Stake 2.5 OMNI"],
  fingerprint: "K3QZ-7TXM-0VJ4-9R2D",
  statusReason: null,
  reason: null,
  txHash: "AB".repeat(32),
  heightBlocks: "1042",
  createdAt: "2026-01-31T09:30:00.000Z",
  submittedAt: "2026-01-31T09:30:20.000Z",
  updatedAt: "2026-01-31T09:30:24.000Z",
})}`;
