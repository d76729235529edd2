import { conflict, invalid, invalidState, limitExceeded, notFound, rateLimited } from "@/server/kernel/errors";

/** 404: there is none, or it is another organisation's. */
export const channelNotFound = (id: string) =>
  notFound("notifications.channel_not_found", "There is no such channel. Choose one of the list.", { details: { id } });

export const deliveryNotFound = (id: string) =>
  notFound("notifications.delivery_not_found", "There is no such delivery. Choose one of the list.", {
    details: { id },
  });

export const tooManyChannels = (limit: number) =>
  limitExceeded(
    "notifications.too_many_channels",
    `The organisation has ${limit} channels, as many as it may have. Remove one first.`,
    { details: { limit } },
  );

export const kindUnavailable = (reason: string) =>
  invalidState("notifications.kind_unavailable", reason, { fieldErrors: { target: [reason] } });

export const wrongCode = () =>
  invalid(
    "notifications.wrong_code",
    "This is not the code of the newest message. Send a test again and enter its code.",
    {
      fieldErrors: { code: ["not the code that was sent"] },
    },
  );

export const nothingToConfirm = () =>
  invalidState(
    "notifications.nothing_to_confirm",
    "Only an e-mail address is confirmed by a code. Send a test instead.",
  );

export const tooManyTests = () =>
  rateLimited(
    "notifications.too_many_tests",
    "Addresses that are not confirmed yet get so many tests a day from one organisation. Confirm one with the code that it got, or go on tomorrow.",
    { retryAfterSeconds: 3_600 },
  );

export const testNotResent = () =>
  invalidState("notifications.test_not_resent", "A test is not sent again. Test the channel once more instead.");

export const channelRemoved = () =>
  conflict("notifications.channel_removed", "The channel was removed meanwhile. Choose another one.");
