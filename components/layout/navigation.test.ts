import { describe, expect, it } from "vitest";
import { currentItem, NAVIGATION, navigationFor } from "./navigation";

describe("navigation", () => {
  it.each([
    ["/validators", "/validators"],
    ["/validators/val_1", "/validators"],
    ["/validators/new", "/validators/new"],
    ["/validators/new/profile", "/validators/new"],
    ["/validators-elsewhere", undefined],
    ["/", undefined],
  ])("takes %s to be on %s", (pathname, href) => {
    expect(currentItem(NAVIGATION, pathname)?.href).toBe(href);
  });

  it("shows no operator's page to anybody else", () => {
    const seen = navigationFor(false).flatMap((group) => group.items.map((item) => item.href));
    expect(seen).not.toHaveLength(0);
    expect(seen.filter((href) => href.startsWith("/admin"))).toEqual([]);
    expect(navigationFor(true)).toEqual(NAVIGATION);
  });

  it("gives each page one address", () => {
    const all = NAVIGATION.flatMap((group) => group.items.map((item) => item.href));
    expect(new Set(all).size).toBe(all.length);
  });
});
