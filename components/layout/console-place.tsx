"use client";

import { createContext, type ReactNode, useCallback, useContext } from "react";
import { organizationHref } from "./organization-href";

const OrganizationSlug = createContext<string | null>(null);

/** Tells the parts below in which organisation they stand. */
export function ConsolePlaceProvider({ slug, children }: { slug: string; children: ReactNode }) {
  return <OrganizationSlug.Provider value={slug}>{children}</OrganizationSlug.Provider>;
}

/** Slug of the organisation in view. Throws outside of the console's frame. */
export function useOrganizationSlug(): string {
  const slug = useContext(OrganizationSlug);
  if (slug === null) throw new Error("useOrganizationSlug is called outside of ConsolePlaceProvider.");
  return slug;
}

/** Makes a page's address within the organisation in view: `/validators` becomes `/o/acme/validators`. */
export function useOrganizationHref(): (path: string) => string {
  const slug = useOrganizationSlug();
  return useCallback((path) => organizationHref(slug, path), [slug]);
}

/** Makes an address that a domain's answer names: one of the organisation in view unless it is the person's or the platform's own page. */
export function useHrefOfFound(): (path: string) => string {
  const slug = useContext(OrganizationSlug);
  return useCallback(
    (path) => (slug === null || /^\/(admin|account)\//.test(path) ? path : organizationHref(slug, path)),
    [slug],
  );
}
