/** The public pages, in the order in which the head names them. */
export const PUBLIC_LINKS = [
  { href: "/networks", label: "Networks" },
  { href: "/testnet", label: "Join" },
  { href: "/status", label: "Status" },
  { href: "/docs/api", label: "API" },
] as const;
