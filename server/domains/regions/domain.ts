import { defineDomain } from "@/server/kernel/domain";

/** Where things can run, and how much room is left there. */
export const regionsDomain = defineDomain({
  name: "regions",
  title: "Regions",
  tier: 2,
  ids: { region: "reg" },
  levels: { read: { role: "viewer", words: "Read regions and prices" } },
  navigation: [],
});
