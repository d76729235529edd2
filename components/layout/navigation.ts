/** One page in the navigation and in the command palette. */
export type NavigationItem = {
  href: string;
  label: string;
  /** Other words by which the palette finds it. */
  keywords?: readonly string[];
};

/** Pages of one domain; `audience` says who sees the group. */
export type NavigationGroup = { label: string; audience: "everyone" | "operators"; items: readonly NavigationItem[] };

/** Every page of the portal, by domain, in the order of the left edge. */
export const NAVIGATION: readonly NavigationGroup[] = [
  {
    label: "Validators",
    audience: "everyone",
    items: [
      { href: "/validators", label: "My validators", keywords: ["dashboard", "home", "list"] },
      { href: "/validators/new", label: "New validator", keywords: ["create", "wizard", "set up"] },
    ],
  },
  {
    label: "Operations",
    audience: "operators",
    items: [
      { href: "/admin/setup-requests", label: "Setup requests", keywords: ["provisioning", "admin"] },
      { href: "/admin/nodes", label: "Nodes", keywords: ["fleet", "admin"] },
      { href: "/admin/job-runs", label: "Job runs", keywords: ["inngest", "steps", "retries", "admin"] },
      { href: "/admin/audit", label: "Audit log", keywords: ["history", "verify chain", "admin"] },
    ],
  },
  {
    label: "Account",
    audience: "everyone",
    items: [
      { href: "/account/api-tokens", label: "API tokens", keywords: ["keys", "rest", "scopes"] },
      { href: "/account/members", label: "Members", keywords: ["people", "invite", "roles", "organisation"] },
      { href: "/account/wallets", label: "Wallets", keywords: ["link", "address"] },
      { href: "/account/sessions", label: "Sessions", keywords: ["devices", "sign out", "security"] },
    ],
  },
];

/** The groups a person may see. */
export function navigationFor(isOperator: boolean): readonly NavigationGroup[] {
  return NAVIGATION.filter((group) => group.audience === "everyone" || isOperator);
}

/** The item whose page the path is or stands below; the longest address wins, so that "new" is not also "list". */
export function currentItem(groups: readonly NavigationGroup[], pathname: string): NavigationItem | undefined {
  return groups
    .flatMap((group) => group.items)
    .filter(({ href }) => pathname === href || pathname.startsWith(`${href}/`))
    .sort((one, other) => other.href.length - one.href.length)[0];
}
