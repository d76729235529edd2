import { defineDomain } from "@/server/kernel/domain";

/** What operators see and steer of the installation itself. */
export const operationsDomain = defineDomain({
  name: "operations",
  title: "Operations",
  tier: 1,
  ids: {},
  levels: {},
  finds: ["platform"],
  navigation: [
    {
      section: "platform",
      label: "Job runs",
      href: "/admin/job-runs",
      keywords: ["inngest", "steps", "retries", "admin"],
    },
  ],
});
