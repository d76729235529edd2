import { z } from "zod";
import { chainIdsByNetwork } from "@/server/domains/chain";
import { pageSchema } from "@/server/kernel/page-schema";
import { decodeCursor, listInput, type Page, pageOf } from "@/server/kernel/pagination";
import { defineQuery } from "@/server/kernel/verbs";
import { heartbeatNotFound } from "../errors";
import { findNewestOfKey, listMachines, listSamples } from "./repository";
import { HeartbeatRef, LocalMachine, LocalMachineHistory } from "./schemas";
import { toMachine } from "./to-machine";

const HISTORY_HOURS = 24;
/** Two reports a minute for a day, and some. */
const MAX_SAMPLES = 3_000;

/** The one spelling under which keys are kept. */
const asBase64 = (key: string): string => `${key.replace("=", "").replaceAll("-", "+").replaceAll("_", "/")}=`;

/** The newest report of the node with this consensus key. @throws not_found validators.heartbeat_not_found */
export const getHeartbeat = defineQuery({
  verb: "validators.get-heartbeat",
  scope: "validators:read",
  tenancy: "organization",
  input: HeartbeatRef,
  output: LocalMachine,
  run: async (ctx, input): Promise<LocalMachine> => {
    const row = await findNewestOfKey(ctx.db, ctx.organizationId, asBase64(input.pubkey));
    if (!row) throw heartbeatNotFound();
    return toMachine(row, ctx.now, await chainIdsByNetwork(ctx.db));
  },
});

/** What the node with this consensus key reported in the last day, oldest first. @throws not_found validators.heartbeat_not_found */
export const getHeartbeatHistory = defineQuery({
  verb: "validators.get-heartbeat-history",
  scope: "validators:read",
  tenancy: "organization",
  input: HeartbeatRef,
  output: LocalMachineHistory,
  run: async (ctx, input): Promise<LocalMachineHistory> => {
    const row = await findNewestOfKey(ctx.db, ctx.organizationId, asBase64(input.pubkey));
    if (!row) throw heartbeatNotFound();
    const since = new Date(ctx.now.getTime() - HISTORY_HOURS * 3_600_000);
    const samples = await listSamples(ctx.db, row.agentId, since, MAX_SAMPLES);
    return {
      samples: samples.map((sample) => ({
        at: sample.at.toISOString(),
        blockHeight: Number(sample.blockHeight),
        catchingUp: sample.isCatchingUp,
        peerCount: sample.peerCount,
        cpuPercent: sample.cpuPercent,
        memoryPercent: sample.memoryPercent,
        diskPercent: sample.diskPercent,
      })),
    };
  },
});

/** The organisation's own machines that report a node, the newest first. */
export const listLocalMachines = defineQuery({
  verb: "validators.list-local-machines",
  scope: "validators:read",
  tenancy: "organization",
  input: z.strictObject(listInput),
  output: pageSchema(LocalMachine),
  run: async (ctx, input): Promise<Page<LocalMachine>> => {
    const chainIds = await chainIdsByNetwork(ctx.db);
    const rows = await listMachines(ctx.db, ctx.organizationId, decodeCursor(input.cursor), input.limit + 1);
    return pageOf(
      rows,
      input.limit,
      (row) => ({ sort: row.firstSeenAt.toISOString(), id: row.agentId }),
      (row) => toMachine(row, ctx.now, chainIds),
    );
  },
});
