import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** Where Linux keeps a machine's own id: systemd's file (machine-id(5)), and that of D-Bus before it. */
const ID_FILES = ["/etc/machine-id", "/var/lib/dbus/machine-id"];

export const sha256Hex = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * A name for this machine that a copied disk image does not take along once it has booted elsewhere; null where the system keeps none.
 * Hashed with a word of our own, since machine-id(5) asks for the id itself to stay on the machine.
 */
export function readMachineHash(files: readonly string[] = ID_FILES): string | null {
  for (const file of files) {
    try {
      const id = readFileSync(file, "utf8").trim();
      if (/^[0-9a-f]{32}$/.test(id)) return sha256Hex(`omniphi-cloud installation ${id}`);
    } catch {
      // The next place may have it.
    }
  }
  return null;
}
