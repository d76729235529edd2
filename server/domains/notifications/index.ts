import "server-only";

export { channelFigures } from "./channel-figures";
export { createChannel } from "./create-channel";
export { getChannel, listChannelKinds, listChannels } from "./list-channels";
export { listDeliveries, resendDelivery } from "./list-deliveries";
export { notify } from "./notify";
export { pruneNotifications } from "./prune-notifications";
export { removeChannel } from "./remove-channel";
export { confirmChannel, testChannel } from "./test-channel";
export { updateChannel } from "./update-channel";
