import { fromBase64, toBase64 } from "@cosmjs/encoding";
import { z } from "zod";

/** Fewer characters could be tried one after another. */
export const MIN_PASSPHRASE_LENGTH = 12;
/** OWASP's figure for PBKDF2 with SHA-256 (Password Storage Cheat Sheet, 2023). */
const ITERATIONS = 600_000;
/** A file that asks for more would only keep the browser busy. */
const MAX_ITERATIONS = 5_000_000;

const bytesText = z
  .string()
  .max(4_096)
  .regex(/^[A-Za-z0-9+/]+={0,2}$/);
const BackupFile = z.strictObject({
  kind: z.literal("omniphi-test-wallet"),
  version: z.literal(1),
  address: z.string().max(120),
  kdf: z.strictObject({
    name: z.literal("PBKDF2-SHA256"),
    iterations: z.number().int().min(ITERATIONS).max(MAX_ITERATIONS),
    salt: bytesText,
  }),
  cipher: z.strictObject({ name: z.literal("AES-256-GCM"), iv: bytesText, ciphertext: bytesText }),
});

/** Why a backup could not be taken back, in words for its reader. */
export class BackupError extends Error {
  override readonly name = "BackupError";
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(fromBase64(text));

async function keyOf(passphrase: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  const typed = new TextEncoder().encode(passphrase.normalize("NFKC"));
  const material = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

/** A file that opens with the passphrase alone; the address stands in it readably, so that its owner knows which wallet it is. */
export async function sealBackup(wallet: { mnemonic: string; address: string }, passphrase: string): Promise<string> {
  if (passphrase.length < MIN_PASSPHRASE_LENGTH) throw new BackupError("The passphrase is too short.");
  const [salt, iv] = [crypto.getRandomValues(new Uint8Array(16)), crypto.getRandomValues(new Uint8Array(12))];
  const key = await keyOf(passphrase, salt, ITERATIONS);
  const plain = new TextEncoder().encode(wallet.mnemonic);
  const ciphertext = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(wallet.address) },
    key,
    plain,
  );
  const file: z.infer<typeof BackupFile> = {
    kind: "omniphi-test-wallet",
    version: 1,
    address: wallet.address,
    kdf: { name: "PBKDF2-SHA256", iterations: ITERATIONS, salt: toBase64(salt) },
    cipher: { name: "AES-256-GCM", iv: toBase64(iv), ciphertext: toBase64(new Uint8Array(ciphertext)) },
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function parsed(text: string): z.infer<typeof BackupFile> {
  try {
    return BackupFile.parse(JSON.parse(text));
  } catch {
    throw new BackupError("This is not a backup of a browser test wallet.");
  }
}

/** The words of a backup. @throws BackupError when it is no backup, or the passphrase is another one */
export async function openBackup(text: string, passphrase: string): Promise<string> {
  const { kdf, cipher, address } = parsed(text);
  const key = await keyOf(passphrase, bytesOf(kdf.salt), kdf.iterations);
  try {
    const plain = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: bytesOf(cipher.iv), additionalData: new TextEncoder().encode(address) },
      key,
      bytesOf(cipher.ciphertext),
    );
    return new TextDecoder("utf-8", { fatal: true }).decode(plain);
  } catch {
    throw new BackupError("The passphrase does not open this backup.");
  }
}

/** Words as people type or paste them, in the one spelling that is kept. @throws BackupError when they are no wallet's */
export async function checkedMnemonic(words: string): Promise<string> {
  const { EnglishMnemonic } = await import("@cosmjs/crypto");
  const spelling = words.trim().toLowerCase().split(/\s+/).join(" ");
  try {
    return new EnglishMnemonic(spelling).toString();
  } catch {
    throw new BackupError("These are not the words of a wallet: one is missing, misspelt, or in another place.");
  }
}
