import "server-only";
import type { Reach } from "@/lib/os/guarded-fetch";
import { createMessenger, type MailSettings } from "@/server/adapters/messenger/messenger";
import type { VendorOrigins } from "@/server/adapters/messenger/web-request";
import { createAesSealer } from "@/server/adapters/sealer/aes-sealer";
import type { Ports } from "@/server/ports/ports";

/** The ports by which people are told; nothing connects before the first message. */
export function createNotificationPorts(settings: {
  readonly kekBase64: string;
  /** The key before it, which still opens what it sealed. */
  readonly previousKekBase64?: string | undefined;
  readonly publicUrl: string;
  readonly mail: MailSettings | null;
  readonly reach: Reach;
  readonly ownOrigins?: readonly string[];
  readonly origins?: VendorOrigins;
}): Pick<Ports, "sealer" | "messenger"> {
  const { kekBase64, previousKekBase64, ...messenger } = settings;
  return {
    sealer: createAesSealer({
      keysBase64: previousKekBase64 === undefined ? [kekBase64] : [kekBase64, previousKekBase64],
    }),
    messenger: createMessenger(messenger),
  };
}
