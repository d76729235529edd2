import { defineDomain } from "@/server/kernel/domain";

/** Validators from the wish to the signing node, and their whole life after it. */
export const validatorsDomain = defineDomain({
  name: "validators",
  title: "Validators",
  tier: 3,
  ids: { setupRequest: "val", node: "node", volume: "vol" },
  levels: {
    read: { role: "viewer", words: "Read validators, nodes and logs" },
    write: { role: "developer", words: "Set up validators; stop, start and redeploy nodes" },
    admin: { role: "admin", words: "Everything of validators" },
  },
  attention: "Validators",
  finds: ["organization", "platform"],
  navigation: [
    {
      section: "product",
      label: "My validators",
      href: "/validators",
      keywords: ["dashboard", "home", "list"],
    },
    {
      section: "product",
      label: "New validator",
      href: "/validators/new",
      scope: "validators:write",
      keywords: ["create", "wizard", "set up"],
    },
    {
      section: "platform",
      label: "Setup requests",
      href: "/admin/setup-requests",
      keywords: ["provisioning", "admin"],
    },
    { section: "platform", label: "Nodes", href: "/admin/nodes", keywords: ["fleet", "admin"] },
  ],
});
