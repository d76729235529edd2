import { z } from "zod";
import { Ed25519KeyText } from "@/lib/contracts/agent/enrolment";

const Shown = z.object({ key: Ed25519KeyText });

/**
 * The consensus key in what a person pasted: the JSON of `posd comet show-validator`, or the base64 alone. `private` for what looks like a private
 * key, which belongs nowhere but on its machine; null for anything else.
 */
export function pastedKey(text: string): { readonly key: string } | "private" | null {
  const trimmed = text.trim().slice(0, 2_000);
  if (/priv_key|PrivKey/i.test(trimmed)) return "private";
  const plain = Ed25519KeyText.safeParse(trimmed);
  if (plain.success) return { key: plain.data };
  try {
    const shown = Shown.safeParse(JSON.parse(trimmed));
    return shown.success ? { key: shown.data.key } : null;
  } catch {
    return null;
  }
}
