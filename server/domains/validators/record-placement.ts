import { z } from "zod";
import { getRegion } from "@/server/domains/regions";
import { defineCommand } from "@/server/kernel/verbs";
import { RUNTIMES } from "./constants";
import { validatorsDomain } from "./domain";
import { AttemptRef, lockAttempt } from "./lock-attempt";
import { insertNodeIfMissing, insertVolumeIfMissing } from "./repository";

const BYTES_PER_GB = 1024 ** 3;
const MILLICORES_PER_CORE = 1_000;

/** See `ConsensusTimeouts` of the node host's port. */
const ConsensusTimeoutsFacts = z.strictObject({
  proposeMs: z.number().int(),
  proposeDeltaMs: z.number().int(),
  voteMs: z.number().int(),
  voteDeltaMs: z.number().int(),
  commitMs: z.number().int(),
});

/** What placement decided and which pinned files the node will run on. */
export const Placement = z.strictObject({
  runtime: z.enum(RUNTIMES),
  binaryPath: z.string(),
  binarySha256: z.string(),
  binaryVersion: z.string(),
  genesisPath: z.string(),
  genesisSha256: z.string(),
  persistentPeers: z.array(z.string()),
  minimumGasPrices: z.string(),
  consensusTimeouts: ConsensusTimeoutsFacts.nullable(),
});

/** Writes the volume's and the node's rows; a repeated step finds those of the first. */
export const recordPlacement = defineCommand({
  verb: "validators.record-placement",
  scope: "platform:write",
  tenancy: "platform",
  input: AttemptRef.extend({ placement: Placement }),
  run: async (ctx, input) => {
    const setup = await lockAttempt(ctx, input);
    // The region's own row: an operator may have changed what was seeded.
    const { tiers } = await getRegion(ctx, { regionCode: setup.regionCode });
    const tier = tiers.find((offered) => offered.code === setup.tierCode);
    if (!tier) throw new Error(`setup request ${setup.id} has the unknown tier ${setup.tierCode}`);
    const volume = await insertVolumeIfMissing(ctx.tx, {
      id: validatorsDomain.newId("volume"),
      organizationId: setup.organizationId,
      setupRequestId: setup.id,
      hostKind: input.placement.runtime,
    });
    const { runtime, ...files } = input.placement;
    const node = await insertNodeIfMissing(ctx.tx, {
      id: validatorsDomain.newId("node"),
      organizationId: setup.organizationId,
      setupRequestId: setup.id,
      volumeId: volume.id,
      networkId: setup.networkId,
      hostKind: volume.hostKind,
      desiredState: "running",
      status: "starting",
      statusMessage: "Placed; not started yet.",
      operation: "provision",
      operationStartedAt: ctx.now,
      ...files,
      cpuMillicores: tier.cpuCores * MILLICORES_PER_CORE,
      memoryBytes: tier.memoryGb * BYTES_PER_GB,
    });
    ctx.audit({
      action: "validators.node.placed",
      targetType: "node",
      targetId: node.id,
      organizationId: setup.organizationId,
      details: {
        setupRequestId: setup.id,
        runtime: node.hostKind,
        requestedRuntime: runtime,
        binarySha256: node.binarySha256,
      },
    });
    return { nodeId: node.id, volumeId: volume.id, runtime: node.hostKind };
  },
});
