import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Field } from "./field";
import { Input } from "./input";

const attribute = (markup: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(markup)?.[1];

describe("Field", () => {
  it("ties label, hint and error to its control", () => {
    const markup = renderToStaticMarkup(
      <Field label="Commission" hint="At least 5 %." error="Enter 5 or more." required>
        {(control) => <Input {...control} />}
      </Field>,
    );
    const input = /<input[^>]*>/.exec(markup)?.[0] ?? "";
    expect(attribute(input, "id")).toBe(attribute(markup, "for"));
    expect(attribute(input, "aria-invalid")).toBe("true");
    expect(attribute(input, "aria-required")).toBe("true");
    const described = (attribute(input, "aria-describedby") ?? "").split(" ");
    expect(described).toHaveLength(2);
    for (const id of described) expect(markup).toContain(`id="${id}"`);
  });

  it("describes by nothing where there is neither hint nor error", () => {
    const markup = renderToStaticMarkup(<Field label="Details">{(control) => <Input {...control} />}</Field>);
    expect(markup).not.toContain("aria-describedby=");
    expect(markup).not.toContain("aria-invalid=");
    expect(markup).toContain("optional");
  });
});
