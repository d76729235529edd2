import { STANDINGS } from "@/server/domains/validators/constants";

/** What the list's address asks of the server; an unknown standing in it is no filter. Server and browser read it alike. */
export function validatorListInput(search: URLSearchParams) {
  const standing = STANDINGS.find((known) => known === search.get("standing"));
  const [words, cursor] = [search.get("search"), search.get("cursor")];
  return {
    limit: 50,
    ...(standing ? { standing } : {}),
    ...(words ? { search: words } : {}),
    ...(cursor ? { cursor } : {}),
  };
}
