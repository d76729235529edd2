"use client";

import { usePathname } from "next/navigation";
import { Slot } from "radix-ui";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef, useState } from "react";
import type { OpenMenu } from "./menu-card";
import type { MenuEntry } from "./menu-entry";
import { useToast } from "./toast";

// Most menus of a page are never opened: what draws and places them comes with the first that is.
let Card: typeof OpenMenu | undefined;
async function loadCard(): Promise<boolean> {
  try {
    Card ??= (await import("./menu-card")).OpenMenu;
    return true;
  } catch {
    return false;
  }
}

/**
 * A menu opened by `trigger`, which must be one button-like element. It belongs to the page that it was opened on: another address closes it, and it
 * never keeps the page below from being pressed.
 */
export function Menu({
  trigger,
  align = "end",
  entries,
}: {
  trigger: ReactNode;
  align?: "start" | "end";
  entries: readonly MenuEntry[];
}) {
  const pathname = usePathname();
  const showToast = useToast();
  const [openedAt, setOpenedAt] = useState<string | null>(null);
  const [wasOpened, setWasOpened] = useState(false);
  const isByKeyboard = useRef(false);
  // For good: one that was left open must not open by itself when the reader comes back.
  if (openedAt !== null && openedAt !== pathname) setOpenedAt(null);

  if (wasOpened && Card) {
    return (
      <Card
        trigger={trigger}
        align={align}
        entries={entries}
        startsAtFirst={isByKeyboard.current}
        open={openedAt !== null && openedAt === pathname}
        onOpenChange={(next) => setOpenedAt(next ? pathname : null)}
      />
    );
  }
  const open = async () => {
    if (!(await loadCard())) {
      showToast({ text: "This menu could not be fetched. Check the connection, then press again." });
      return;
    }
    setWasOpened(true);
    setOpenedAt(pathname);
  };
  return (
    <Slot.Root
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={() => void loadCard()}
      onFocus={() => void loadCard()}
      onClick={(event: MouseEvent) => {
        // A press of Enter or Space comes without a count of clicks.
        isByKeyboard.current = event.detail === 0;
        void open();
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== "ArrowDown") return;
        event.preventDefault();
        isByKeyboard.current = true;
        void open();
      }}
    >
      {trigger}
    </Slot.Root>
  );
}
