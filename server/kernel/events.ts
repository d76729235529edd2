import type { z } from "zod";

/** A thing that happened, as its domain says it to everybody: what emits it, what wakes up by it and what documents it hold this one object. */
export type DomainEvent<Schema extends z.ZodObject = z.ZodObject> = {
  /** `domain/entity.past`, e.g. `validators/setup-request.created`. */
  readonly name: string;
  readonly schema: Schema;
};

/** What an event carries, as its consumer reads it. */
export type EventData<Event> = Event extends DomainEvent<infer Schema> ? z.output<Schema> : never;

const NAME = /^[a-z]+\/[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/;
const registry: DomainEvent[] = [];

/** Every event that the loaded modules define; a meta test asks who consumes each. @internal */
export const listEvents = (): readonly DomainEvent[] => registry;

/** Declares an event: ids and small facts only, since it is kept and sent as JSON. */
export function defineEvent<Schema extends z.ZodObject>(name: string, schema: Schema): DomainEvent<Schema> {
  if (!NAME.test(name)) throw new Error(`the event "${name}" is not named <domain>/<entity>.<past>`);
  const event = { name, schema };
  registry.push(event);
  return event;
}
