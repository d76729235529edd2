"use client";

import { useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { type UrlTab, UrlTabs } from "@/components/ui/url-tabs";

/** Parts of a detail page of which one is shown, the one that the address names. */
export function DetailTabs({ label, tabs }: { label: string; tabs: readonly (UrlTab & { content: ReactNode })[] }) {
  const asked = useSearchParams().get("tab");
  const current = tabs.find(({ value }) => value === asked) ?? tabs[0];
  return (
    <>
      <UrlTabs label={label} tabs={tabs} />
      {current?.content}
    </>
  );
}
