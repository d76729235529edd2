import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { setTomlValues, tomlString } from "./toml-lines";

const FILE = `# comment
moniker = "old"

[rpc]
# laddr is where RPC listens
laddr = "tcp://127.0.0.1:26657" # trailing
labels = [
  ["a", "b"],
]

[p2p]
laddr = "tcp://0.0.0.0:26656"
`;

describe("setTomlValues", () => {
  it("sets a key in its own section and leaves the rest byte for byte", () => {
    const edited = setTomlValues(FILE, [{ section: "p2p", key: "laddr", value: '"tcp://0.0.0.0:1"' }]);
    expect(edited).toBe(FILE.replace('laddr = "tcp://0.0.0.0:26656"', 'laddr = "tcp://0.0.0.0:1"'));
  });

  it("sets keys before the first section", () => {
    expect(setTomlValues(FILE, [{ section: "", key: "moniker", value: '"new"' }])).toContain('\nmoniker = "new"\n');
  });

  it.each([
    ["a key that is missing", { section: "rpc", key: "unsafe", value: "false" }, "rpc.unsafe is missing"],
    ["a key of another section", { section: "", key: "laddr", value: '""' }, "laddr is missing"],
    ["a value with a line break", { section: "rpc", key: "laddr", value: '"a\n[p2p]"' }, "line break"],
    ["a value over several lines", { section: "rpc", key: "labels", value: "[]" }, "several lines"],
  ])("refuses %s", (_name, edit, message) => {
    expect(() => setTomlValues(FILE, [edit])).toThrow(message);
  });

  it("refuses a key that is there twice", () => {
    expect(() => setTomlValues("a = 1\na = 2\n", [{ section: "", key: "a", value: "3" }])).toThrow("2 times");
  });

  it("changes one line only, whatever the text is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const edited = setTomlValues(FILE, [{ section: "", key: "moniker", value: tomlString(text) }]).split("\n");
        const original = FILE.split("\n");
        expect(edited.length).toBe(original.length);
        expect(edited.filter((line, index) => line !== original[index]).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("tomlString", () => {
  it("escapes so that a JSON reader, whose escapes TOML shares, reads the same text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const isWellFormed = !/[\ud800-\udfff]/.test(text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ""));
        fc.pre(isWellFormed);
        expect(JSON.parse(tomlString(text))).toBe(text);
      }),
    );
  });

  it("keeps a moniker that looks like a command as plain text", () => {
    expect(tomlString('"; reboot #')).toBe('"\\"; reboot #"');
  });

  it("replaces a lone surrogate, which no file in UTF-8 can hold", () => {
    expect(tomlString("a\ud800b")).toBe('"a\ufffdb"');
  });
});
