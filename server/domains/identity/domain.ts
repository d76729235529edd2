import { defineDomain } from "@/server/kernel/domain";

/** People, organisations and the credentials by which they come in. */
export const identityDomain = defineDomain({
  name: "identity",
  title: "Identity",
  tier: 0,
  ids: {
    user: "usr",
    organization: "org",
    session: "ses",
    wallet: "wal",
    apiToken: "tok",
    invitation: "inv",
  },
  levels: {
    read: { role: "viewer", words: "Read members and wallets" },
    write: { role: "admin", words: "Change the organisation" },
    admin: { role: "admin", words: "Manage members and invitations" },
  },
  navigation: [
    {
      section: "account",
      label: "API tokens",
      href: "/account/api-tokens",
      icon: "key-round",
      keywords: ["keys", "rest", "scopes"],
    },
    {
      section: "account",
      label: "Members",
      href: "/account/members",
      icon: "users",
      keywords: ["people", "invite", "roles", "organisation"],
    },
    { section: "account", label: "Wallets", href: "/account/wallets", icon: "wallet", keywords: ["link", "address"] },
    {
      section: "account",
      label: "Sessions",
      href: "/account/sessions",
      icon: "monitor-smartphone",
      keywords: ["devices", "sign out", "security"],
    },
    {
      section: "platform",
      label: "Audit log",
      href: "/admin/audit",
      icon: "scroll-text",
      keywords: ["history", "verify chain", "admin"],
    },
  ],
});
