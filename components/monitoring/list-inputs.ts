import { SEVERITIES } from "@/server/domains/monitoring/constants";
import { openFilter } from "./monitoring-words";

const position = (search: URLSearchParams) => {
  const cursor = search.get("cursor");
  return { limit: 50, ...(cursor ? { cursor } : {}) };
};

/** What the address of a list of alerts asks of the server; server and browser read it alike. */
export function alertListInput(search: URLSearchParams) {
  const severity = SEVERITIES.find((known) => known === search.get("severity"));
  return { ...position(search), ...openFilter(search), ...(severity ? { severity } : {}) };
}

export const incidentListInput = (search: URLSearchParams) => ({ ...position(search), ...openFilter(search) });
