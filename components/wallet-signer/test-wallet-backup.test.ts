import { describe, expect, it } from "vitest";
import { BackupError, checkedMnemonic, openBackup, sealBackup } from "./test-wallet-backup";

const mnemonic =
  "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon art";
const wallet = { mnemonic, address: "omni1qyfkm2y3hx0f0r9x8c7v6b5n4m3l2k1j0h9g8f" };
const PASSPHRASE = "correct horse battery";

describe("a backup of the test wallet", () => {
  it("opens with its passphrase and no other, and has no word of the wallet in it", async () => {
    const file = await sealBackup(wallet, PASSPHRASE);
    expect(file).toContain(wallet.address);
    expect(file).not.toContain("abandon");
    expect(await openBackup(file, PASSPHRASE)).toBe(mnemonic);
    await expect(openBackup(file, `${PASSPHRASE}!`)).rejects.toThrow("does not open");
  });

  it("does not open after its address, its salt or its text was changed", async () => {
    const file = JSON.parse(await sealBackup(wallet, PASSPHRASE));
    const changed = [
      { ...file, address: "omni1other" },
      { ...file, kdf: { ...file.kdf, salt: "AAAAAAAAAAAAAAAAAAAAAA==" } },
      { ...file, cipher: { ...file.cipher, ciphertext: `A${file.cipher.ciphertext.slice(1)}` } },
    ];
    for (const each of changed.filter((one) => JSON.stringify(one) !== JSON.stringify(file))) {
      await expect(openBackup(JSON.stringify(each), PASSPHRASE)).rejects.toBeInstanceOf(BackupError);
    }
  });

  it("is refused when it is none, or would be quick to try", async () => {
    const file = JSON.parse(await sealBackup(wallet, PASSPHRASE));
    const weak = { ...file, kdf: { ...file.kdf, iterations: 1 } };
    for (const text of ["", "{}", "not json", JSON.stringify(weak), JSON.stringify({ ...file, more: 1 })]) {
      await expect(openBackup(text, PASSPHRASE)).rejects.toThrow("not a backup");
    }
  });

  it("is not made with a short passphrase", async () => {
    await expect(sealBackup(wallet, "elevenchars")).rejects.toThrow("too short");
  });

  it("is made again from words, however they are spaced", async () => {
    expect(await checkedMnemonic(`  ${mnemonic.toUpperCase().replaceAll(" ", "\n ")} `)).toBe(mnemonic);
    await expect(checkedMnemonic(mnemonic.replace(/art$/, "abandon"))).rejects.toBeInstanceOf(BackupError);
    await expect(checkedMnemonic("art")).rejects.toBeInstanceOf(BackupError);
  });
});
