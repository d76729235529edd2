"use client";

import { Menu as MenuIcon } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { PUBLIC_LINKS } from "./public-links";

/** The same pages where the head has no room for their names. */
export function PublicMenu() {
  return (
    <Menu
      trigger={
        <Button kind="quiet" size="icon" aria-label="Public pages">
          <MenuIcon />
        </Button>
      }
      entries={[...PUBLIC_LINKS, { href: "/docs", label: "Documentation" }].map(({ href, label }) => ({
        kind: "link",
        href,
        content: label,
      }))}
    />
  );
}
