import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  confirmChannel,
  createChannel,
  getChannel,
  listChannelKinds,
  listChannels,
  listDeliveries,
  removeChannel,
  resendDelivery,
  testChannel,
  updateChannel,
} from "@/server/domains/notifications";
import type { ServiceCtx } from "@/server/kernel/context";
import type { Ports } from "@/server/ports/ports";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { idsOf } from "../../support/factories/notifications";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
let owner: SignedInPerson;
let stranger: SignedInPerson;
let channelId: string;
let deliveryId: string;
beforeAll(async () => {
  runtime = await createTestRuntime();
  owner = await createPerson(runtime);
  stranger = await createPerson(runtime);
  const ids = await idsOf(owner);
  channelId = ids.channel ?? "";
  deliveryId = ids.delivery ?? "";
});
afterAll(() => runtime.close());

type Call = (ctx: ServiceCtx<Ports>) => Promise<unknown>;

describe("another organisation's channel", () => {
  it.each([
    ["notifications.get-channel", (ctx) => getChannel(ctx, { channelId })],
    ["notifications.update-channel", (ctx) => updateChannel(ctx, { channelId, isPaused: true })],
    ["notifications.test-channel", (ctx) => testChannel(ctx, { channelId })],
    ["notifications.confirm-channel", (ctx) => confirmChannel(ctx, { channelId, code: "12345678" })],
    ["notifications.remove-channel", (ctx) => removeChannel(ctx, { channelId })],
    ["notifications.resend-delivery", (ctx) => resendDelivery(ctx, { deliveryId })],
  ] satisfies [string, Call][])("is not found by %s, just as if there were none", async (_verb, call) => {
    await expect(call(await stranger.ctx())).rejects.toMatchObject({ kind: "not_found" });
  });

  it("is in no list but its own", async () => {
    expect((await listChannels(await stranger.ctx(), {})).items).toEqual([]);
    expect((await listDeliveries(await stranger.ctx(), {})).items).toEqual([]);
    await expect(listDeliveries(await stranger.ctx(), { channelId })).rejects.toMatchObject({
      code: "notifications.channel_not_found",
    });
    const target = { kind: "webhook", url: "http://127.0.0.1:9/own" } as const;
    const { channel } = await createChannel(await stranger.ctx(), { name: "stranger's", target });
    expect((await listChannels(await stranger.ctx(), {})).items.map(({ id }) => id)).toEqual([channel.id]);
    // What an installation can send to is the same for everybody.
    expect(await listChannelKinds(await stranger.ctx(), {})).toEqual(await listChannelKinds(await owner.ctx(), {}));
    expect((await listChannels(await owner.ctx(), {})).items.map(({ id }) => id)).toEqual([channelId]);
  });
});
