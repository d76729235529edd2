import { describe, expect, it } from "vitest";
import { type NavigationPage, navigationOf } from "./navigation";

const page = (section: NavigationPage["section"], href: `/${string}`): NavigationPage => ({
  section,
  label: href.slice(1),
  href,
});

const domains = [
  {
    title: "Identity",
    navigation: [
      page("account", "/account/wallets"),
      page("organization", "/members"),
      { ...page("organization", "/audit"), scope: "audit:read" as const },
      page("platform", "/admin/audit"),
    ],
  },
  { title: "Validators", navigation: [page("product", "/validators"), page("platform", "/admin/nodes")] },
  { title: "Fog", navigation: [page("product", "/fog")] },
];
const shape = (isOperator: boolean, scopes: readonly string[] = []) =>
  navigationOf(domains, { isOperator, scopes }).map(({ label, pages }) => [label, ...pages.map(({ href }) => href)]);

describe("navigation", () => {
  it("puts each product under its name in the order of the list, then what all share", () => {
    expect(shape(true)).toEqual([
      ["Validators", "/validators"],
      ["Fog", "/fog"],
      ["Organisation", "/members"],
      ["You", "/account/wallets"],
      ["Platform", "/admin/audit", "/admin/nodes"],
    ]);
  });

  it("shows a page that asks for a scope to those who have it", () => {
    const own = (scopes: readonly string[]) => shape(false, scopes).find(([label]) => label === "Organisation");
    expect(own(["audit:read"])).toEqual(["Organisation", "/members", "/audit"]);
    expect(own(["identity:read"])).toEqual(["Organisation", "/members"]);
  });

  it("shows no operator's page to anybody else", () => {
    expect(shape(false).flat()).not.toContain("Platform");
    expect(shape(false).flat()).not.toContain("/admin/audit");
  });
});
