import type { ChannelStatus, DeliveryStatus } from "@/db/states/notifications";
import type { TransitionTable } from "@/server/kernel/states";

/** In words: verified by a test that arrived, and for an address by the code in it; removed is for ever. */
export const CHANNEL_MOVES: TransitionTable<ChannelStatus> = {
  unverified: ["verified", "removed"],
  verified: ["removed"],
  removed: [],
};

/** In words: it waits for its next try until it is delivered or given up; a person may have what was given up sent again. */
export const DELIVERY_MOVES: TransitionTable<DeliveryStatus> = {
  waiting: ["delivered", "dead"],
  delivered: [],
  dead: ["waiting"],
};
