"use client";

import { Menu as MenuIcon, Search } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import { type ComponentProps, type ReactElement, type ReactNode, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { KeyHint } from "@/components/ui/key-hint";
import type { NavigationSection } from "@/server/kernel/navigation";
import { type Account, AccountMenu } from "./account-menu";
import { CommandPaletteProvider, useOpenPalette } from "./command-palette";
import { navigationIn } from "./navigation";
import type { OrganizationSwitcher } from "./organization-switcher";
import { CONTENT_ID, PageFocus } from "./page-focus";
import type { Finder } from "./palette/use-found";
import { Sidebar } from "./sidebar";
import { ThemeMenu } from "./theme-menu";

type AppShellProps = {
  account: Account;
  /** Slug of the organisation in view. */
  slug: string;
  sections: readonly NavigationSection[];
  /** Who is asked for what the palette looks for; nobody where nothing is said. */
  finders?: readonly Finder[];
  organizationSwitcher: ReactElement<ComponentProps<typeof OrganizationSwitcher>>;
  /** `NetworkStatus`, or a live wrapper of it. */
  networkStatus: ReactNode;
  onOpenTour: () => void;
  onSignOut: () => void;
  children: ReactNode;
};

/** The frame of every signed-in page: pages at the left, organisation, network and account at the top, the page itself below. */
export function AppShell({
  account,
  slug,
  sections,
  finders,
  organizationSwitcher,
  networkStatus,
  onOpenTour,
  onSignOut,
  children,
}: AppShellProps) {
  const groups = navigationIn(slug, sections);
  return (
    <CommandPaletteProvider groups={groups} finders={finders}>
      <PageFocus />
      <div className="min-h-dvh lg:grid lg:grid-cols-[13.5rem_minmax(0,1fr)]">
        <div className="sticky top-0 hidden h-dvh border-r bg-panel lg:block">
          <Sidebar groups={groups} />
        </div>
        <div className="min-w-0">
          <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b bg-panel px-3 sm:px-5">
            <NavigationDrawer>{(close) => <Sidebar groups={groups} onNavigate={close} />}</NavigationDrawer>
            {organizationSwitcher}
            <div className="min-w-0 flex-1">{networkStatus}</div>
            <PaletteButton />
            <ThemeMenu />
            <AccountMenu account={account} onOpenTour={onOpenTour} onSignOut={onSignOut} />
          </header>
          <main id={CONTENT_ID} tabIndex={-1} className="px-4 py-5 outline-none sm:px-5">
            {children}
          </main>
        </div>
      </div>
    </CommandPaletteProvider>
  );
}

function PaletteButton() {
  const open = useOpenPalette();
  const [keys, setKeys] = useState("Ctrl K");
  useEffect(() => {
    if (/Mac|iPhone|iPad/.test(navigator.userAgent)) setKeys("⌘ K");
  }, []);
  return (
    <Button kind="quiet" onClick={open} aria-keyshortcuts="Control+K Meta+K" className="px-2">
      <Search />
      <span className="sr-only">Pages, objects and acts</span>
      <KeyHint keys={keys} className="hidden md:inline-flex" />
    </Button>
  );
}

function NavigationDrawer({ children }: { children: (close: () => void) => ReactNode }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Primitive.Root open={isOpen} onOpenChange={setIsOpen}>
      <Primitive.Trigger asChild>
        <Button kind="quiet" size="icon" aria-label="Open pages" className="lg:hidden">
          <MenuIcon />
        </Button>
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-[oklch(0.1_0.02_262/0.45)] lg:hidden" />
        <Primitive.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 w-64 border-r border-line-strong bg-panel outline-none lg:hidden"
        >
          <Primitive.Title className="sr-only">Pages</Primitive.Title>
          {children(() => setIsOpen(false))}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
