import { PROPOSAL_JUDGEMENT } from "./proposal-words";

const STATUSES = Object.keys(PROPOSAL_JUDGEMENT) as (keyof typeof PROPOSAL_JUDGEMENT)[];

/** What the address asks of the list of proposals. Server and browser read it alike. */
export function proposalInput(search: URLSearchParams, networkId: string | undefined) {
  const status = STATUSES.find((one) => one === search.get("status"));
  return { ...(networkId === undefined ? {} : { networkId }), ...(status ? { status } : {}) };
}
