import { z } from "zod";
import { AGENT_HEARTBEAT_SECONDS } from "@/lib/contracts/agent/version";
import { startOfStep } from "@/lib/start-of-step";
import { defineCommand } from "@/server/kernel/verbs";
import { HEALTH_WINDOW_SECONDS, KEEP_HOURS_DAYS, KEEP_MINUTES_DAYS } from "../constants";
import { deleteSamplesBefore, listReportingServers, listSamplesSince } from "../servers/repository";
import { deleteHealthBefore, rollUpHours, upsertMinute } from "./repository";
import { healthScore, readRegion } from "./score";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Hours that are averaged again each time, so that a clock that stood still for a while leaves no hole. */
const ROLL_UP_HOURS = 6;

/** Keeps how each region stands at this minute, from its servers' heartbeats; one without any in ten minutes gets no row, for nothing is known of it. */
export const sampleHealth = defineCommand({
  verb: "regions.sample-health",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: z.strictObject({}),
  run: async (ctx) => {
    const [servers, samples] = [
      await listReportingServers(ctx.tx),
      await listSamplesSince(ctx.tx, new Date(ctx.now.getTime() - HEALTH_WINDOW_SECONDS * 1_000)),
    ];
    const at = new Date(startOfStep(ctx.now.getTime(), MINUTE_MS));
    let sampled = 0;
    for (const regionId of new Set(servers.map((server) => server.regionId))) {
      const reading = readRegion(
        servers.flatMap(({ id, regionId: ofRegion, status, enrolledAt }) =>
          ofRegion === regionId &&
          (status === "active" || status === "degraded" || status === "offline") &&
          enrolledAt !== null
            ? [{ status, enrolledAt, beats: samples.filter(({ serverId }) => serverId === id) }]
            : [],
        ),
        { now: ctx.now, everySeconds: AGENT_HEARTBEAT_SECONDS },
      );
      if (reading === null) continue;
      await upsertMinute(ctx.tx, { ...reading, regionId, at, score: healthScore(reading) });
      sampled += 1;
    }
    return { sampled };
  },
});

/** Averages minutes into hours, and forgets heartbeats and minutes of last week and hours of last year; repeats safely. */
export const rollUpHealth = defineCommand({
  verb: "regions.roll-up-health",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: z.strictObject({}),
  run: async (ctx) => {
    const hour = startOfStep(ctx.now.getTime(), HOUR_MS);
    const ago = (days: number) => new Date(ctx.now.getTime() - days * 24 * HOUR_MS);
    return {
      hours: await rollUpHours(ctx.tx, new Date(hour - ROLL_UP_HOURS * HOUR_MS), new Date(hour)),
      heartbeats: await deleteSamplesBefore(ctx.tx, ago(KEEP_MINUTES_DAYS)),
      minutes: await deleteHealthBefore(ctx.tx, "minute", ago(KEEP_MINUTES_DAYS)),
      oldHours: await deleteHealthBefore(ctx.tx, "hour", ago(KEEP_HOURS_DAYS)),
    };
  },
});
