import { describe, expect, it } from "vitest";
import { shortenMiddle } from "./shorten-middle";

describe("shortenMiddle", () => {
  it.each([
    ["omni1qyfkm2y3hx0f0r9x8c7v6b5n4m3l2k1j0h9g8f", "omni1qyfk…0h9g8f"],
    ["omnivaloper1qyfkm2y3hx0f0r9x8c7v6b5n4m3l2k1j0h9g8f", "omnivaloper1qyfk…0h9g8f"],
    ["A1B2C3D4E5F60718293A4B5C6D7E8F90", "A1B2…7E8F90"],
    [`${"0123456789abcdef".repeat(2)}01234567@validator.example.org:26656`, "0123…234567@validator.example.org:26656"],
    [`${"f".repeat(40)}@[2001:db8::7]:26656`, "ffff…ffffff@[2001:db8::7]:26656"],
    ["short", "short"],
    ["12345678901", "12345678901"],
    ["", ""],
  ])("shows %s as %s", (text, expected) => {
    expect(shortenMiddle(text)).toBe(expected);
  });
});
