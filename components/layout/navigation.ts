import type { NavigationPage, NavigationSection } from "@/server/kernel/navigation";
import { organizationHref } from "./organization-href";

/** One page in the navigation and in the command palette, with its whole address. */
export type NavigationItem = Pick<NavigationPage, "label" | "keywords"> & { readonly href: string };

/** Pages of one product or of a part of the console that products share; the first group has no heading. */
export type NavigationGroup = { readonly label: string; readonly items: readonly NavigationItem[] };

/** Pages of the person and of the platform have one address; all others have one in each organisation. */
const isOfOrganization = ({ kind }: NavigationSection): boolean => kind !== "account" && kind !== "platform";

/** What the domains' manifests name, with the addresses of the organisation in view; its home comes first. */
export function navigationIn(slug: string, sections: readonly NavigationSection[]): readonly NavigationGroup[] {
  const home = { label: "Home", href: organizationHref(slug), keywords: ["what needs me", "overview", "start"] };
  const groups = sections.map((section) => ({
    label: section.label,
    items: section.pages.map(({ label, href, keywords }) => ({
      label,
      href: isOfOrganization(section) ? organizationHref(slug, href) : href,
      ...(keywords ? { keywords } : {}),
    })),
  }));
  return [{ label: "", items: [home] }, ...groups];
}

/** The item whose page the path is or stands below; the longest address wins, so that "new" is not also "list". Home is itself alone. */
export function currentItem(groups: readonly NavigationGroup[], pathname: string): NavigationItem | undefined {
  return groups
    .flatMap((group) => group.items)
    .filter(({ href }) => pathname === href || (!/^\/o\/[^/]+$/.test(href) && pathname.startsWith(`${href}/`)))
    .sort((one, other) => other.href.length - one.href.length)[0];
}
