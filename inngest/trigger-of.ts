import "server-only";
import { eventType } from "inngest";
import type { z } from "zod";
import type { DomainEvent } from "@/server/kernel/events";

/** A domain's event as the SDK takes it for a trigger: the same name, and data that is checked by the same schema. */
export const triggerOf = <Schema extends z.ZodObject>(event: DomainEvent<Schema>) =>
  eventType<string, Schema>(event.name, { schema: event.schema as never });
