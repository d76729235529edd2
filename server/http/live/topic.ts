import type { AppError } from "@/server/kernel/errors";
import type { Following } from "@/server/kernel/publish";

/** One read that a stream follows. */
export type Topic = {
  /** What the read is called with whom it is read for and its input; two of one key have the same states. */
  readonly key: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly follow: Following;
  /** Whether what its channel tells is about it. */
  readonly isAbout: (payload: string) => boolean;
  readonly read: () => Promise<unknown>;
  /** Name of the state that the client holds; "" for none. */
  readonly heldHash: string;
};

export type Hear = (channel: string, hear: (payload: string | null) => void) => () => void;

/** Told of each read that fails, once for each reason. */
export type OnFailure = (topic: Topic, error: AppError) => Promise<void>;
