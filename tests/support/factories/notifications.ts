import { createChannel, testChannel } from "@/server/domains/notifications";
import type { SignedInPerson } from "./identity";

type Given = Partial<Omit<Parameters<typeof createChannel>[1], "target">>;

/** A channel of that person's organisation, to a webhook where nobody listens unless told otherwise. */
export async function createTestChannel(
  owner: SignedInPerson,
  target: Parameters<typeof createChannel>[1]["target"] = { kind: "webhook", url: "http://127.0.0.1:9/hook" },
  given: Given = {},
): Promise<{ channelId: string; webhookSecret: string | null }> {
  const { channel, webhookSecret } = await createChannel(await owner.ctx(), { name: "a channel", target, ...given });
  return { channelId: channel.id, webhookSecret };
}

/** A channel that proved itself at its receiver. */
export async function createVerifiedChannel(
  owner: SignedInPerson,
  target: Parameters<typeof createChannel>[1]["target"],
  given: Given = {},
) {
  const made = await createTestChannel(owner, target, given);
  const test = await testChannel(await owner.ctx(), { channelId: made.channelId });
  if (test.status !== "delivered") throw new Error(`the receiver did not take the test: ${test.lastResult}`);
  return made;
}

/** One of each kind of the domain's ids, for whoever tries them with a stranger's. @public */
export async function idsOf(owner: SignedInPerson): Promise<Readonly<Record<string, string>>> {
  const { channelId } = await createTestChannel(owner);
  const { id: delivery } = await testChannel(await owner.ctx(), { channelId });
  return { channel: channelId, delivery };
}
