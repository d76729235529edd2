import { defineDomain } from "@/server/kernel/domain";

/** The networks and what their blocks say. */
export const chainDomain = defineDomain({
  name: "chain",
  title: "Chain",
  tier: 1,
  ids: { network: "net", transaction: "vtx" },
  levels: { read: { role: "viewer", words: "Read the chain's records" } },
  finds: ["organization"],
  navigation: [
    {
      section: "platform",
      label: "Networks",
      href: "/admin/networks",
      keywords: ["chains", "registry", "endpoints", "admin"],
    },
  ],
});
