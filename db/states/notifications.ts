/** How far a channel may be used: only a verified one is sent what nobody asked for; a removed one is kept as a name. */
export const CHANNEL_STATUSES = ["unverified", "verified", "removed"] as const;
export type ChannelStatus = (typeof CHANNEL_STATUSES)[number];

/** What became of one message to one channel. */
export const DELIVERY_STATUSES = ["waiting", "delivered", "dead"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];
