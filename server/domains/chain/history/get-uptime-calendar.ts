import { defineQuery } from "@/server/kernel/verbs";
import { consensusAddressHex } from "../blocks/consensus-address-hex";
import { findState } from "../blocks/repository";
import { requireNetwork } from "../networks/require-network";
import { listDays } from "./repository";
import { UptimeCalendar, UptimeCalendarInput } from "./schemas";

const DAY_MS = 86_400_000;

/** Days of UTC up to the one that `now` is in, oldest first. */
export function lastDays(now: Date, days: number): readonly string[] {
  return Array.from({ length: days }, (_, index) =>
    new Date(now.getTime() - (days - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
}

/** What a validator signed and missed of each day's recorded blocks; a day of which none was recorded is unknown, not perfect. */
export const getUptimeCalendar = defineQuery({
  verb: "chain.get-uptime-calendar",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: UptimeCalendarInput,
  output: UptimeCalendar,
  run: async (ctx, input): Promise<UptimeCalendar> => {
    const network = await requireNetwork(ctx.db, input.networkId);
    const addressHex = consensusAddressHex(input.consensusAddress, network.bech32.consensus);
    const days = lastDays(ctx.now, input.days);
    const since = new Date(`${days[0]}T00:00:00Z`);
    const read = await listDays(ctx.db, network.id, addressHex, since);
    const byDay = new Map(read.map(({ day, ...counts }) => [day, counts]));
    const state = await findState(ctx.db, network.id);
    return {
      networkId: network.id,
      consensusAddressHex: addressHex,
      days: days.map((day) => ({ day, counts: byDay.get(day) ?? null })),
      countedToHeightBlocks: state?.countedToHeightBlocks?.toString() ?? null,
    };
  },
});
