import { MAX_TOPICS, MAX_TOPICS_LENGTH } from "@/lib/live/live-limits";

/** A read that pages follow, by the name and input that they ask for it with, and the name of the state that is held of it ("" for none). */
export type LiveTopic = {
  readonly key: string;
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly hash: string;
};

export const topicKey = (name: string, input: Readonly<Record<string, unknown>>): string =>
  JSON.stringify([name, input]);

/** The stream's address for as many of the topics as fit into one, with the keys of those, in their order. */
export function liveAddress(
  slug: string | null,
  topics: readonly LiveTopic[],
): { url: string; keys: readonly string[] } {
  const taken: LiveTopic[] = [];
  let length = 2;
  for (const topic of topics) {
    length += JSON.stringify([topic.name, topic.input, topic.hash]).length + 1;
    if (taken.length === MAX_TOPICS || length > MAX_TOPICS_LENGTH) break;
    taken.push(topic);
  }
  const asked = JSON.stringify(taken.map(({ name, input, hash }) => [name, input, hash]));
  const ofOrganization = slug === null ? "" : `&organization=${encodeURIComponent(slug)}`;
  return {
    url: `/api/v1/live?reads=${encodeURIComponent(asked)}${ofOrganization}`,
    keys: taken.map(({ key }) => key),
  };
}
