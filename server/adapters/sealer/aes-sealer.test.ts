import { describe, expect, it } from "vitest";
import { createAesSealer } from "./aes-sealer";

const OLD = Buffer.alloc(32, 1).toString("base64");
const NEW = Buffer.alloc(32, 2).toString("base64");
const sealer = createAesSealer({ keysBase64: [OLD] });

describe("sealing", () => {
  it("opens what it sealed, and shows nothing of it", () => {
    const sealed = sealer.seal("https://hooks.example/secret", "cha_1");
    expect(sealed).not.toContain("secret");
    expect(sealer.open(sealed, "cha_1")).toBe("https://hooks.example/secret");
    expect(sealer.seal("same", "cha_1")).not.toBe(sealer.seal("same", "cha_1"));
  });

  it("refuses what was changed, what belongs to another row, and what another key sealed", () => {
    const sealed = sealer.seal("secret", "cha_1");
    const flipped = sealed.slice(0, -2) + (sealed.endsWith("AA") ? "BB" : "AA");
    expect(() => sealer.open(flipped, "cha_1")).toThrow();
    expect(() => sealer.open(sealed, "cha_2")).toThrow();
    expect(() => createAesSealer({ keysBase64: [NEW] }).open(sealed, "cha_1")).toThrow(/not one of this installation/);
  });

  it("opens what an older key sealed after the key was changed, and seals with the new one", () => {
    const rotated = createAesSealer({ keysBase64: [NEW, OLD] });
    expect(rotated.open(sealer.seal("secret", "cha_1"), "cha_1")).toBe("secret");
    expect(() => sealer.open(rotated.seal("secret", "cha_1"), "cha_1")).toThrow();
  });
});
