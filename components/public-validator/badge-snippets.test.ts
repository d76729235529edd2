import { expect, it } from "vitest";
import { badgeSnippets } from "./badge-snippets";

const of = (name: string) => badgeSnippets({ origin: "https://cloud.example", operatorAddress: "omnivaloper1x", name });

it("leads to the page and shows its badge", () => {
  const { markdown, html } = of("Lighthouse");
  expect(markdown).toBe(
    "[![Lighthouse: how it stands now](https://cloud.example/v/omnivaloper1x/badge.svg)](https://cloud.example/v/omnivaloper1x)",
  );
  expect(html).toContain('<a href="https://cloud.example/v/omnivaloper1x">');
});

it("lets no name out of its place", () => {
  const { markdown, html } = of('](https://evil.example) "><script>');
  expect(markdown).toContain("\\]\\(https");
  expect(html).not.toContain("<script>");
  expect(html).not.toContain('"><s');
});
