"use client";

import { useEffect, useState } from "react";
import { parseThemeChoice, THEME_COOKIE, type ThemeChoice } from "@/lib/theme";

const ONE_YEAR_SECONDS = 31_536_000;

/** The reader's theme and a way to change it at once; kept in a cookie, so that the next page is painted right from the start. */
export function useTheme(): [ThemeChoice, (choice: ThemeChoice) => void] {
  const [choice, setChoice] = useState<ThemeChoice>("system");
  useEffect(() => setChoice(parseThemeChoice(document.documentElement.dataset.theme)), []);
  return [
    choice,
    (next) => {
      setChoice(next);
      const root = document.documentElement;
      if (next === "system") delete root.dataset.theme;
      else root.dataset.theme = next;
      const life = next === "system" ? 0 : ONE_YEAR_SECONDS;
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that is supported
      document.cookie = `${THEME_COOKIE}=${next}; Path=/; Max-Age=${life}; SameSite=Lax`;
    },
  ];
}
