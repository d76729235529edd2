import "server-only";
import { admitting } from "./admission/entry";
import { REFUSED_METHOD_HEADER, REFUSED_PATH } from "./incoming";

/** Answers what nothing else under `/api` does, and the requests whose method no part of ours has. */
export const handleUnmatchedRequest = admitting({
  find: (_method, { pathname }, request) => {
    if (pathname !== REFUSED_PATH || !request.headers.has(REFUSED_METHOD_HEADER)) return { kind: "not_found" };
    return { kind: "method_not_allowed", allowed: ["GET"] };
  },
  answer: () => Promise.reject(new Error("no rule lets a request in here")),
});
