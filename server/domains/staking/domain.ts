import { defineDomain } from "@/server/kernel/domain";

/** What people do with their own wallets on a network: stake, rewards, votes, and the acts of a validator's owner. */
export const stakingDomain = defineDomain({
  name: "staking",
  title: "Staking",
  tier: 4,
  ids: { act: "act", compound: "cpd", compoundRun: "cpr" },
  levels: {
    read: { role: "viewer", words: "Read stake, rewards, proposals and transactions" },
    write: { role: "developer", words: "Prepare transactions for one's own wallets and hand them over signed" },
  },
  navigation: [
    {
      section: "product",
      label: "Stake and rewards",
      href: "/staking",
      keywords: ["delegate", "unbond", "claim", "redelegate", "rewards"],
    },
    { section: "product", label: "Governance", href: "/governance", keywords: ["proposals", "vote", "deposit"] },
    {
      section: "product",
      label: "Transactions",
      href: "/transactions",
      keywords: ["history", "hash", "signed", "csv"],
    },
  ],
});
