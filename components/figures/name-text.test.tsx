import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { NameText } from "./name-text";

const shown = (name: string) => renderToStaticMarkup(<NameText name={name} />);

describe("a name as it is shown", () => {
  it("is itself where nothing of it can confuse", () => {
    expect(shown("Ångström 验证者")).toBe("Ångström 验证者");
  });

  it("says what makes it look like another one", () => {
    expect(shown("Оmniphi")).toContain("Mixes Latin and Cyrillic letters");
  });

  it("has what cannot be seen of it written out, whoever let it in", () => {
    expect(shown("Omni\u200bphi")).toBe("Omni\\u{200b}phi");
  });
});
