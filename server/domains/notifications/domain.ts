import { defineDomain } from "@/server/kernel/domain";

/** How each organisation is told: its channels, and what came of every message. */
export const notificationsDomain = defineDomain({
  name: "notifications",
  title: "Notifications",
  tier: 1,
  ids: { channel: "cha", notification: "ntf", delivery: "dlv" },
  levels: {
    read: { role: "viewer", words: "Read notification channels and deliveries" },
    write: { role: "admin", words: "Make, test and remove notification channels" },
  },
  navigation: [
    {
      section: "organization",
      label: "Channels",
      href: "/channels",
      keywords: ["notifications", "e-mail", "slack", "discord", "telegram", "webhook", "pagerduty", "quiet hours"],
    },
  ],
});
