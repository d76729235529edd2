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
  attention: "Members and tokens",
  navigation: [
    {
      section: "organization",
      label: "API tokens",
      href: "/api-tokens",
      keywords: ["keys", "rest", "scopes"],
    },
    {
      section: "organization",
      label: "Members",
      href: "/members",
      keywords: ["people", "invite", "roles"],
    },
    {
      section: "organization",
      label: "Audit log",
      href: "/audit",
      keywords: ["history", "who did what", "verify chain", "csv"],
      scope: "audit:read",
    },
    { section: "account", label: "Wallets", href: "/account/wallets", keywords: ["link", "address"] },
    {
      section: "account",
      label: "Sessions",
      href: "/account/sessions",
      keywords: ["devices", "sign out", "security"],
    },
    {
      section: "platform",
      label: "Audit log",
      href: "/admin/audit",
      keywords: ["history", "verify chain", "admin"],
    },
  ],
});
