import { z } from "zod";
import { defineFlow } from "@/server/kernel/verbs";
import { isNodeUp, silentShare, slashingRisk } from "./observe";
import { readFacts } from "./read-facts";
import { isOnChain, isSettingUp } from "./standing";

/** One sample of one series of `/metrics`. */
export type Figure = {
  readonly series: FigureName;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

/** Every series that this domain tells, with its help and its labels. A sample that is not known is left out. */
const OF_VALIDATOR = ["node_id", "region", "moniker", "chain_id", "network_kind", "validator_id"] as const;
export const FIGURES = {
  omniphi_validator_up: {
    help: "1 while the validator's node runs, 0 while it is down or stopped",
    labels: OF_VALIDATOR,
  },
  omniphi_validator_known: { help: "0 while how the validator stands cannot be read", labels: OF_VALIDATOR },
  omniphi_validator_signing: {
    help: "1 while it signs, 0 while the newest blocks lack its signature",
    labels: OF_VALIDATOR,
  },
  omniphi_validator_jailed: { help: "1 while the chain has it in jail", labels: OF_VALIDATOR },
  omniphi_validator_tombstoned: { help: "1 once the chain saw it sign twice", labels: OF_VALIDATOR },
  omniphi_validator_blocks_behind: { help: "Blocks between its node and the tip", labels: OF_VALIDATOR },
  omniphi_validator_block_height: { help: "Newest block that its node has", labels: OF_VALIDATOR },
  omniphi_validator_peers: { help: "Peers of its node", labels: OF_VALIDATOR },
  omniphi_validator_missed_blocks_last_hour: {
    help: "Recorded blocks of the last hour without its signature",
    labels: OF_VALIDATOR,
  },
  omniphi_validator_slashes_last_hour: {
    help: "Times that the chain took a part of its stake within the last hour",
    labels: OF_VALIDATOR,
  },
  omniphi_validator_slashing_risk: {
    help: "Share of the allowed misses that is used up, 0 to 1",
    labels: OF_VALIDATOR,
  },
  omniphi_validator_cpu_percent: { help: "CPU of what its node may use", labels: OF_VALIDATOR },
  omniphi_validator_ram_percent: { help: "Memory of what its node may use", labels: OF_VALIDATOR },
  omniphi_validator_restarts_last_hour: { help: "Restarts of its node within the last hour", labels: OF_VALIDATOR },
  omniphi_setup_age_seconds: {
    help: "How long a setup has been under way",
    labels: ["validator_id", "moniker", "chain_id"],
  },
  omniphi_setup_consecutive_failures: {
    help: "Newest setups of an organisation that failed in a row",
    labels: ["organization_id"],
  },
  omniphi_region_servers_silent_share: {
    help: "Share of a region's servers that is silent, 0 to 1",
    labels: ["region"],
  },
  omniphi_chain_rpc_up: { help: "1 while an RPC endpoint of the network answers", labels: ["chain_id"] },
  omniphi_chain_rpc_quarantined: { help: "Endpoints that answered as another chain", labels: ["chain_id"] },
  omniphi_chain_tip_age_seconds: { help: "Age of the newest block of a network that answers", labels: ["chain_id"] },
} as const;
export type FigureName = keyof typeof FIGURES;

/** What is measured of validators, setups and networks, as series; for whoever holds the installation's metrics token. */
export const readFigures = defineFlow()({
  verb: "monitoring.read-figures",
  scope: "platform:read",
  tenancy: "platform",
  input: z.strictObject({}),
  run: async (ctx): Promise<readonly Figure[]> => {
    const facts = await readFacts(ctx);
    const nowMs = ctx.now().getTime();
    const figures: Figure[] = [];
    const add = (
      series: FigureName,
      labels: Readonly<Record<string, string>>,
      value: number | boolean | null | undefined,
    ) => {
      if (value !== null && value !== undefined) figures.push({ series, labels, value: Number(value) });
    };
    const networks = new Map(facts.networks.map((network) => [network.networkId, network]));
    for (const fact of facts.validators) {
      const network = networks.get(fact.networkId);
      const { standing, node } = fact;
      const chain_id = network?.chainId ?? fact.networkId;
      if (isSettingUp(standing.state) && fact.setupBeganAt !== null) {
        const ageSeconds = (nowMs - fact.setupBeganAt.getTime()) / 1_000;
        add(
          "omniphi_setup_age_seconds",
          { validator_id: fact.setupRequestId, moniker: fact.name, chain_id },
          ageSeconds,
        );
      }
      if (standing.state !== "tombstoned" && !isOnChain(standing.state)) continue;
      const labels = {
        node_id: node?.id ?? "",
        region: fact.regionCode,
        moniker: fact.name,
        chain_id,
        network_kind: network?.kind ?? "",
        validator_id: fact.setupRequestId,
      };
      const isKnown = standing.state !== "unknown";
      const up = standing.state === "tombstoned" ? null : isNodeUp(fact);
      add("omniphi_validator_up", labels, up);
      add("omniphi_validator_known", labels, isKnown && standing.nodeState !== "unknown");
      add(
        "omniphi_validator_signing",
        labels,
        standing.state === "signing" ? true : standing.state === "missing" ? false : null,
      );
      add("omniphi_validator_jailed", labels, isKnown ? standing.state === "jailed" : null);
      add("omniphi_validator_tombstoned", labels, isKnown ? standing.state === "tombstoned" : null);
      add("omniphi_validator_missed_blocks_last_hour", labels, isKnown ? fact.missedLastHour : null);
      add("omniphi_validator_slashes_last_hour", labels, isKnown ? fact.slashesLastHour : null);
      add("omniphi_validator_slashing_risk", labels, isKnown ? slashingRisk(fact) : null);
      add("omniphi_validator_restarts_last_hour", labels, node?.restartsLastHour);
      if (!up) continue;
      add("omniphi_validator_blocks_behind", labels, node?.lagBlocks);
      add("omniphi_validator_block_height", labels, node?.heightBlocks == null ? null : Number(node.heightBlocks));
      add("omniphi_validator_peers", labels, node?.peerCount);
      add("omniphi_validator_cpu_percent", labels, node?.cpuPercent);
      add("omniphi_validator_ram_percent", labels, node?.memoryPercent);
    }
    for (const { organizationId, failedInRow } of facts.organizations) {
      add("omniphi_setup_consecutive_failures", { organization_id: organizationId }, failedInRow);
    }
    for (const region of facts.regions) {
      add("omniphi_region_servers_silent_share", { region: region.code }, silentShare(region));
    }
    for (const { chainId: chain_id, rpc, tipAt } of facts.networks) {
      if (rpc === null) continue;
      add("omniphi_chain_rpc_up", { chain_id }, rpc.answering > 0);
      add("omniphi_chain_rpc_quarantined", { chain_id }, rpc.quarantined);
      if (rpc.answering > 0 && tipAt !== null)
        add("omniphi_chain_tip_age_seconds", { chain_id }, (nowMs - tipAt.getTime()) / 1_000);
    }
    return figures;
  },
});
