import type { Executor } from "@/db/client";
import { isBech32Address } from "@/lib/chain/bech32-address";
import { listAccountPrefixes } from "@/server/domains/chain";
import { fieldInvalid } from "../errors";

/** An address that no network here has is a mistake and not an account without validators. @throws invalid validators.invalid_field */
export async function assertKnownAccount(db: Executor, field: string, address: string): Promise<void> {
  const prefixes = await listAccountPrefixes(db);
  if (prefixes.some((prefix) => isBech32Address(address, prefix))) return;
  throw fieldInvalid(field, `not an account of a network here (${prefixes.join("1…, ")}1…), or its checksum is wrong`);
}
