import { defineDomain } from "@/server/kernel/domain";

/** Our programs on machines that are not ours to look into: how they get in, and what they are told. */
export const agentsDomain = defineDomain({
  name: "agents",
  title: "Machines",
  tier: 1,
  ids: { agent: "agt", enrolment: "enr", pairing: "pair", command: "cmd" },
  levels: {
    read: { role: "viewer", words: "Read the machines that report" },
    write: { role: "developer", words: "Report for a machine of one's own" },
    admin: { role: "developer", words: "Pair and revoke machines" },
  },
  navigation: [],
});
