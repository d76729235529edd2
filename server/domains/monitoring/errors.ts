import { invalid, limitExceeded, notFound } from "@/server/kernel/errors";

const notThere = (what: string) => (id: string) =>
  notFound(`monitoring.${what.replace(" ", "_")}_not_found`, `There is no such ${what}. Choose one of the list.`, {
    details: { id },
  });

/** 404: there is none, or it is another organisation's. */
export const alertNotFound = notThere("alert");
export const incidentNotFound = notThere("incident");
export const silenceNotFound = notThere("silence");

export const badThreshold = (min: number, max: number) =>
  invalid("monitoring.bad_threshold", `This rule takes a figure from ${min} to ${max}.`, {
    fieldErrors: { threshold: [`from ${min} to ${max}`] },
  });

export const noThreshold = () =>
  invalid("monitoring.no_threshold", "This rule has no figure to set. Switch it on or off.", {
    fieldErrors: { threshold: ["this rule has none"] },
  });

export const badWindow = (message: string) =>
  invalid("monitoring.bad_window", message, { fieldErrors: { endsAt: [message] } });

export const tooManySilences = (limit: number) =>
  limitExceeded("monitoring.too_many_silences", `The organisation has ${limit} of them ahead. End one first.`, {
    details: { limit },
  });

export const notAMember = () =>
  invalid("monitoring.not_a_member", "An incident is given to a member of the organisation.", {
    fieldErrors: { userId: ["not a member of the organisation"] },
  });
