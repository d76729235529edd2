import type { Scope } from "./scopes";

/** Where a page stands: under its own product, or in a part of the console that domains share. */
export const NAVIGATION_SECTIONS = ["product", "organization", "billing", "account", "platform"] as const;
export type NavigationSectionKind = (typeof NAVIGATION_SECTIONS)[number];

/** One page in the navigation and in the command palette. */
export type NavigationPage = {
  readonly section: NavigationSectionKind;
  readonly label: string;
  /** Address within the organisation, e.g. `/validators`; of the person's and the platform's pages the whole one. */
  readonly href: `/${string}`;
  /** Other words by which the palette finds it. */
  readonly keywords?: readonly string[];
  /** Who may not do this does not see the page; everybody of its section does where nothing is said. */
  readonly scope?: Scope;
};

/** Pages under one heading. */
export type NavigationSection = {
  readonly kind: NavigationSectionKind;
  readonly label: string;
  readonly pages: readonly NavigationPage[];
};

const SHARED_LABELS: Readonly<Record<Exclude<NavigationSectionKind, "product">, string>> = {
  organization: "Organisation",
  billing: "Billing",
  account: "You",
  platform: "Platform",
};

type Sectioned = { readonly title: string; readonly navigation: readonly NavigationPage[] };

/** The pages that a person may see: a section for each product in the order of the list, then what all share; a section without pages is left out. */
export function navigationOf(
  domains: readonly Sectioned[],
  { isOperator, scopes }: { readonly isOperator: boolean; readonly scopes: readonly string[] },
): readonly NavigationSection[] {
  const seen = domains.map(({ title, navigation }) => ({
    title,
    navigation: navigation.filter(({ scope }) => scope === undefined || scopes.includes(scope)),
  }));
  const pages = seen.flatMap(({ navigation }) => navigation);
  const products = seen.map(({ title, navigation }) => ({
    kind: "product" as const,
    label: title,
    pages: navigation.filter(({ section }) => section === "product"),
  }));
  const shared = NAVIGATION_SECTIONS.filter((kind) => kind !== "product")
    .filter((kind) => kind !== "platform" || isOperator)
    .map((kind) => ({ kind, label: SHARED_LABELS[kind], pages: pages.filter(({ section }) => section === kind) }));
  return [...products, ...shared].filter((section) => section.pages.length > 0);
}
