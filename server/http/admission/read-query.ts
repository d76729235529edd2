import { invalid } from "@/server/kernel/errors";

const MAX_PARAMETERS = 100;

/**
 * The parameters of a query in order, each name as often as it was given. Invalid UTF-8 is refused here, since the platform's own reader would
 * put other characters in its place.
 * @throws invalid http.query_not_utf8, http.too_many_parameters
 */
export function readQuery(url: URL): readonly (readonly [string, string])[] {
  try {
    decodeURIComponent(url.search.replace(/%(?![0-9a-f]{2})/gi, "%25"));
  } catch (cause) {
    throw invalid("http.query_not_utf8", "The query is not valid UTF-8. Escape its characters as UTF-8.", { cause });
  }
  const parameters = [...url.searchParams.entries()];
  if (parameters.length > MAX_PARAMETERS) {
    throw invalid("http.too_many_parameters", `A query has at most ${MAX_PARAMETERS} parameters.`);
  }
  return parameters;
}
