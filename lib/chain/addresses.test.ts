import { Bip39, EnglishMnemonic, Secp256k1, Slip10, Slip10Curve, stringToPath } from "@cosmjs/crypto";
import { fromBase64, fromHex, toBech32, toHex } from "@cosmjs/encoding";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHAIN_VECTORS as golden } from "@/tests/support/chain-vectors";
import {
  accountAddressOf,
  bech32PrefixesOf,
  formatBech32Address,
  isBech32Address,
  operatorAddressOf,
  parseBech32Address,
} from "./bech32-address";
import { ChainFormatError, type ChainFormatReason } from "./chain-format-error";
import { formatHexAddress, normalizeAccountAddress, parseHexAddress } from "./hex-address";
import { accountAddressOfPubkey, consensusAddressHexOf, consensusAddressOf } from "./key-address";

const prefixes = bech32PrefixesOf("omni");
const reasonOf = (act: () => unknown): ChainFormatReason | "accepted" => {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof ChainFormatError) return thrown.reason;
    throw thrown;
  }
  return "accepted";
};

describe("addresses", () => {
  it("derives the golden account, operator and hex forms from the golden mnemonic on coin type 60", () => {
    const seed = Bip39.decode(new EnglishMnemonic(golden.mnemonic));
    expect(seed.length).toBe(16);
    return Bip39.mnemonicToSeed(new EnglishMnemonic(golden.mnemonic)).then((seedBytes) => {
      const { privkey } = Slip10.derivePath(Slip10Curve.Secp256k1, seedBytes, stringToPath(golden.hdPath));
      expect(toHex(privkey)).toBe(golden.privateKeyHex);
      const pubkey = Secp256k1.compressPubkey(Secp256k1.makeKeypair(privkey).pubkey);
      const account = accountAddressOfPubkey(pubkey, "omni");
      expect(account).toBe(golden.accountAddress);
      expect(operatorAddressOf(account, prefixes)).toBe(golden.operatorAddress);
      expect(accountAddressOf(golden.operatorAddress, prefixes)).toBe(account);
      const bytes = parseBech32Address(account, "omni");
      expect(formatHexAddress(bytes, "0x")).toBe(`0x${golden.addressHex}`);
      expect(formatHexAddress(bytes, "1x")).toBe(`1x${golden.addressHex}`);
    });
  });

  it("derives the golden consensus address from the raw key", () => {
    expect(consensusAddressOf(golden.consensusPubkeyBase64, "omnivalcons")).toBe(golden.consensusAddress);
    expect(consensusAddressHexOf(golden.consensusPubkeyBase64)).toBe(golden.consensusAddressHex);
  });

  it.each([
    ["a changed letter", golden.accountAddress.replace("gsv", "gsw"), "bech32_invalid"],
    ["a string replacement of the prefix", golden.accountAddress.replace("omni", "omnivaloper"), "bech32_invalid"],
    ["mixed case", golden.accountAddress.replace("gsv", "GSV"), "bech32_invalid"],
    ["another chain", formatBech32Address("cosmos", fromHex(golden.addressHex)), "bech32_prefix"],
    ["an operator where an account is needed", golden.operatorAddress, "bech32_prefix"],
    ["nothing", "", "bech32_invalid"],
    ["32 bytes", toBech32("omni", new Uint8Array(32), 90), "address_length"],
  ] as const)("refuses %s", (_name, address, reason) => {
    expect(reasonOf(() => parseBech32Address(address, "omni"))).toBe(reason);
    expect(isBech32Address(address, "omni")).toBe(false);
  });

  it("refuses every length but 20 bytes", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }).filter((bytes) => bytes.length !== 20),
        (bytes) => {
          expect(reasonOf(() => formatBech32Address("omni", bytes))).toBe("address_length");
          expect(reasonOf(() => formatHexAddress(bytes, "0x"))).toBe("address_length");
        },
      ),
    );
  });

  it("refuses any one changed character of an address", () => {
    const alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    fc.assert(
      fc.property(fc.nat({ max: golden.accountAddress.length - 6 }), fc.nat({ max: 31 }), (offset, letter) => {
        const index = 5 + offset;
        const changed = `${golden.accountAddress.slice(0, index)}${alphabet[letter]}${golden.accountAddress.slice(index + 1)}`;
        fc.pre(changed !== golden.accountAddress);
        expect(isBech32Address(changed, "omni")).toBe(false);
      }),
    );
  });

  it("goes between all forms of any 20 bytes without loss", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (bytes) => {
        const account = formatBech32Address("omni", bytes);
        expect(accountAddressOf(operatorAddressOf(account, prefixes), prefixes)).toBe(account);
        for (const prefix of ["0x", "1x"] as const) {
          expect(parseHexAddress(formatHexAddress(bytes, prefix))).toEqual(bytes);
          expect(normalizeAccountAddress(` ${formatHexAddress(bytes, prefix)} `, "omni")).toBe(account);
        }
        expect(normalizeAccountAddress(account.toUpperCase(), "omni")).toBe(account);
      }),
    );
  });

  it.each(["0x", "0x12", "2x".padEnd(42, "0"), "0X".padEnd(42, "0"), `0x${"g".repeat(40)}`, `1x${"0".repeat(41)}`])(
    "refuses the hex address %s",
    (address) => {
      expect(reasonOf(() => parseHexAddress(address))).toBe("hex_invalid");
    },
  );

  it("refuses keys of the wrong length and points that are not on the curve", () => {
    expect(reasonOf(() => consensusAddressOf("AAEC", "omnivalcons"))).toBe("pubkey_invalid");
    expect(reasonOf(() => consensusAddressOf("not base64", "omnivalcons"))).toBe("pubkey_invalid");
    expect(reasonOf(() => accountAddressOfPubkey(fromBase64(golden.consensusPubkeyBase64), "omni"))).toBe(
      "pubkey_invalid",
    );
    expect(reasonOf(() => accountAddressOfPubkey(new Uint8Array(33).fill(255).fill(2, 0, 1), "omni"))).toBe(
      "pubkey_invalid",
    );
  });
});
