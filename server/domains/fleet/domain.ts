import { defineDomain } from "@/server/kernel/domain";

/** Every validator and node of every organisation, as those who run the platform see and move them. */
export const fleetDomain = defineDomain({
  name: "fleet",
  title: "Fleet",
  tier: 4,
  ids: { bulkRun: "blk", bulkRow: "blr" },
  levels: {},
  navigation: [
    {
      section: "platform",
      label: "Fleet",
      href: "/admin/fleet",
      keywords: ["bulk", "versions", "validators", "stop", "redeploy", "admin"],
    },
    {
      section: "platform",
      label: "Health",
      href: "/admin/health",
      keywords: ["board", "watcher", "lag", "queue", "outbox", "channels", "agents", "admin"],
    },
  ],
});
