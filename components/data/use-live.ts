"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLiveFact, useLiveHub } from "@/components/live/live-provider";
import { topicKey } from "@/components/live/live-topic";
import { asJson, type JsonValue } from "@/lib/live/json-value";

/** How often a page asks by itself for what its stream does not bring. */
const FALLBACK_MS = 15_000;

/** Options of a query that is followed: it asks by itself only while the stream does not carry it. */
type Pace = {
  readonly refetchInterval: number | false;
  readonly refetchOnWindowFocus: boolean;
  readonly staleTime: number;
};
const FOLLOWED: Pace = { refetchInterval: false, refetchOnWindowFocus: false, staleTime: Number.POSITIVE_INFINITY };
const BY_ITSELF: Pace = { refetchInterval: FALLBACK_MS, refetchOnWindowFocus: true, staleTime: 5_000 };

/** A tRPC query's key as the name and the input that the server follows. */
function readOf([path, facts]: QueryKey) {
  return {
    name: (path as readonly string[]).join("."),
    input: (Object(facts).input ?? {}) as Readonly<Record<string, unknown>>,
  };
}

/** Keeps queries up to date over the browser's one stream; the answer is for the options of each, in the order of their keys. */
export function useLiveReads(queryKeys: readonly QueryKey[]): readonly Pace[] {
  const hub = useLiveHub();
  const queryClient = useQueryClient();
  const asText = JSON.stringify(queryKeys);
  useEffect(() => {
    if (hub === null) return;
    const stops = (JSON.parse(asText) as QueryKey[]).map((queryKey) => {
      const { name, input } = readOf(queryKey);
      return hub.follow(name, input, {
        held: () => {
          const data = queryClient.getQueryData(queryKey);
          return data === undefined ? undefined : asJson(data);
        },
        take: (state: JsonValue) => void queryClient.setQueryData(queryKey, state),
        // The page's own question has the whole reason.
        fail: () => void queryClient.invalidateQueries({ queryKey, exact: true }),
      });
    });
    return () => {
      for (const stop of stops) stop();
    };
  }, [hub, queryClient, asText]);
  const keys = queryKeys.map((queryKey) => {
    const { name, input } = readOf(queryKey);
    return topicKey(name, input);
  });
  // A text, so that nothing is drawn again while it stays the same.
  const live = useLiveFact((now) => keys.map((key) => (now?.isLive(key) ? "1" : "0")).join(""));
  return keys.map((_, place) => (live[place] === "1" ? FOLLOWED : BY_ITSELF));
}

/** Keeps one query up to date; `isOn` false follows nothing. */
export function useLiveRead(queryKey: QueryKey, isOn = true): Pace {
  const [pace = BY_ITSELF] = useLiveReads(isOn ? [queryKey] : []);
  return pace;
}
