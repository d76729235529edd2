import { describe, expect, it } from "vitest";
import { domains } from "@/server/domains/domains";
import { navigationOf } from "@/server/kernel/navigation";
import { currentItem, navigationIn } from "./navigation";

const manifests = domains.map(({ domain }) => domain);
const seenBy = (isOperator: boolean, scopes: readonly string[] = []) =>
  navigationIn("acme", navigationOf(manifests, { isOperator, scopes }));
const hrefs = (groups: ReturnType<typeof navigationIn>) => groups.flatMap(({ items }) => items.map(({ href }) => href));

describe("navigation", () => {
  it.each([
    ["/o/acme", "/o/acme"],
    ["/o/acme/validators", "/o/acme/validators"],
    ["/o/acme/validators/val_1", "/o/acme/validators"],
    ["/o/acme/validators/new", "/o/acme/validators/new"],
    ["/o/acme/validators/new/profile", "/o/acme/validators/new"],
    ["/o/acme/validators-elsewhere", undefined],
    ["/o/other/validators", undefined],
    ["/account/wallets", "/account/wallets"],
    ["/", undefined],
  ])("takes %s to be on %s", (pathname, href) => {
    expect(currentItem(seenBy(true, ["validators:write"]), pathname)?.href).toBe(href);
  });

  it("shows the wizard to those who may set up a validator", () => {
    expect(hrefs(seenBy(false, ["validators:read", "validators:write"]))).toContain("/o/acme/validators/new");
    expect(hrefs(seenBy(false, ["validators:read"]))).not.toContain("/o/acme/validators/new");
  });

  it("shows the audit log to those who may read it", () => {
    expect(hrefs(seenBy(false, ["audit:read"]))).toContain("/o/acme/audit");
    expect(hrefs(seenBy(false, ["identity:read"]))).not.toContain("/o/acme/audit");
  });

  it("shows no operator's page to anybody else", () => {
    const seen = hrefs(seenBy(false));
    expect(seen).not.toHaveLength(0);
    expect(seen.filter((href) => href.startsWith("/admin"))).toEqual([]);
    expect(hrefs(seenBy(true)).filter((href) => href.startsWith("/admin"))).not.toEqual([]);
  });

  it("gives each page one address, and the organisation's pages the organisation's", () => {
    const all = hrefs(seenBy(true));
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((href) => !/^\/(o\/acme|account|admin)(\/|$)/.test(href))).toEqual([]);
  });

  it("has the products first, then what they share, each under its own heading", () => {
    const products = manifests.filter(({ navigation }) => navigation.some(({ section }) => section === "product"));
    expect(products.map(({ title }) => title)).toContain("Validators");
    const labels = seenBy(true).map(({ label }) => label);
    expect(labels).toEqual(["", ...products.map(({ title }) => title), "Organisation", "You", "Platform"]);
  });
});
