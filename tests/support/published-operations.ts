import type { z } from "zod";
import { PUBLISHED } from "@/server/http/all-published";
import type { RouteDefinition } from "@/server/http/define-route";
import { pathParameters } from "@/server/http/match-route";
import { ROUTES } from "@/server/http/routes";
import { scopeAt } from "@/server/kernel/verbs";
import { handleTrpcRequest } from "@/server/trpc/handle-trpc-request";
import { apiRequest, callApi } from "./http-client";

/** An answer of either transport in one shape; `code` and `body` are of the refusal where there is one. */
export type OperationAnswer = {
  readonly status: number;
  readonly code: string | undefined;
  readonly details: unknown;
  readonly body: Record<string, unknown> | null;
};

export type Values = Readonly<Record<string, unknown>>;

/** One way to ask for something, by REST or by tRPC. */
export type Operation = {
  readonly name: string;
  readonly access: "public" | "signedIn" | "organization" | "platform";
  readonly scope: string | null;
  /** Fields of the input, those of the path too. */
  readonly fields: Readonly<Record<string, z.ZodType>>;
  readonly inPath: readonly string[];
  /** Asks with these values. */
  readonly ask: (given: Values, bearer?: string) => Promise<OperationAnswer>;
};

function ofRoute(route: RouteDefinition): Operation {
  const inPath = pathParameters(route.path);
  const hasQuery = route.method === "GET" || route.method === "DELETE";
  return {
    name: `${route.method} ${route.path}`,
    access: route.access,
    scope: route.scope,
    fields: route.input.shape as Record<string, z.ZodType>,
    inPath,
    ask: async (given, bearer) => {
      const path = inPath.reduce(
        (text, name) => text.replace(`{${name}}`, encodeURIComponent(String(given[name]))),
        route.path as string,
      );
      const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !inPath.includes(name)));
      const query = new URLSearchParams(rest as Record<string, string>).toString();
      const answer = await callApi(route.method, hasQuery && query !== "" ? `${path}?${query}` : path, {
        ...(bearer === undefined ? {} : { bearer }),
        ...(hasQuery ? {} : { json: rest }),
      });
      if (answer.body === null) await answer.response.body?.cancel().catch(() => undefined);
      const { instance: _request, ...body } = answer.body ?? {};
      const type = answer.headers.get("content-type");
      if (answer.status >= 400 && type !== "application/problem+json") {
        throw new Error(
          `${route.method} ${route.path} refused with ${answer.status} as ${type}, not as a problem document`,
        );
      }
      return { status: answer.status, code: body.code, details: body.details, body };
    },
  };
}

const proceduresOf = (): Operation[] =>
  PUBLISHED.flatMap(({ domain, rows }) =>
    rows.flatMap((row) =>
      row.kind === "stream" || row.kind === "download"
        ? []
        : row.doors.flatMap((door): Operation[] => {
            if (door.trpc === null) return [];
            const path = `${domain}.${door.trpc}`;
            const scope = row.kind === "verb" ? scopeAt(row.verb, door.audience) : null;
            const because = row.kind === "verb" ? row.verb.because : row.because;
            const ofOwn = scope?.startsWith("platform:") ? "platform" : "organization";
            return [
              {
                name: `${row.type} ${path}`,
                access: scope !== null ? ofOwn : because === "own account" ? "signedIn" : "public",
                scope,
                fields: door.input.shape as Record<string, z.ZodType>,
                inPath: [],
                ask: async (given, bearer) => {
                  const input = `input=${encodeURIComponent(JSON.stringify(given))}`;
                  const call = bearer === undefined ? {} : { bearer };
                  const response = await handleTrpcRequest(
                    row.type === "query"
                      ? apiRequest("GET", `/api/trpc/${path}?${input}`, call)
                      : apiRequest("POST", `/api/trpc/${path}`, { ...call, json: given }),
                  );
                  const { error } = (await response.json()) as { error?: { data: { appError: unknown } } };
                  const { requestId: _request, ...body } = Object(error?.data.appError ?? {});
                  return { status: response.status, code: body.code, details: body.details, body };
                },
              },
            ];
          }),
    ),
  );

/** Everything that can be asked, by both transports: the published rows and nothing else. */
export const OPERATIONS: readonly Operation[] = [...ROUTES.map(ofRoute), ...proceduresOf()];
