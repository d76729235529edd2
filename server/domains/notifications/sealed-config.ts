import { z } from "zod";
import type { MessengerTarget } from "@/server/ports/messenger";
import type { Ports } from "@/server/ports/ports";
import { ChannelTarget } from "./schemas";

/** What is sealed of a channel: where it leads, a webhook's secret, and the code that confirms an address. */
const SealedConfig = z.object({
  target: ChannelTarget,
  webhookSecret: z.string().nullable(),
  confirmationCode: z.string().nullable(),
});
export type SealedConfig = z.infer<typeof SealedConfig>;

export const sealConfig = ({ sealer }: Pick<Ports, "sealer">, channelId: string, config: SealedConfig): string =>
  sealer.seal(JSON.stringify(config), channelId);

export const openConfig = ({ sealer }: Pick<Ports, "sealer">, channelId: string, sealed: string): SealedConfig =>
  SealedConfig.parse(JSON.parse(sealer.open(sealed, channelId)));

/** The target with all that is needed to send there. */
export const messengerTarget = ({ target, webhookSecret }: SealedConfig): MessengerTarget =>
  target.kind === "webhook" ? { ...target, secret: webhookSecret ?? "" } : target;
