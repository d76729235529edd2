import { defineDomain } from "@/server/kernel/domain";

/** Where things can run, and how much room is left there. */
export const regionsDomain = defineDomain({
  name: "regions",
  title: "Regions",
  tier: 2,
  ids: { region: "reg", server: "srv" },
  levels: { read: { role: "viewer", words: "Read regions and prices" } },
  navigation: [
    { section: "platform", label: "Regions", href: "/admin/regions", keywords: ["map", "places", "health", "admin"] },
    {
      section: "platform",
      label: "Servers",
      href: "/admin/servers",
      keywords: ["hosts", "machines", "enrol", "drain", "admin"],
    },
    { section: "platform", label: "Capacity", href: "/admin/capacity", keywords: ["slots", "free", "admin"] },
  ],
});
