import { defineDomain } from "@/server/kernel/domain";

/** What is wrong with validators, networks and setups, who is told, and what was done about it. */
export const monitoringDomain = defineDomain({
  name: "monitoring",
  title: "Monitoring",
  tier: 4,
  ids: { alert: "alr", silence: "sil", incident: "inc", incidentEntry: "ine" },
  levels: {
    read: { role: "viewer", words: "Read alerts, rules and incidents" },
    write: { role: "developer", words: "Acknowledge and silence alerts, set thresholds, work on incidents" },
  },
  navigation: [
    { section: "product", label: "Alerts", href: "/alerts", keywords: ["firing", "silence", "maintenance"] },
    { section: "product", label: "Incidents", href: "/incidents", keywords: ["timeline", "mttr", "post-mortem"] },
    { section: "product", label: "Alert rules", href: "/alert-rules", keywords: ["thresholds", "runbooks"] },
    { section: "platform", label: "Alerts", href: "/admin/alerts", keywords: ["firing", "admin"] },
    { section: "platform", label: "Incidents", href: "/admin/incidents", keywords: ["timeline", "admin"] },
  ],
});
