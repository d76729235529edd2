"use client";

import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import type { NavigationGroup } from "./navigation";

/** An act a page offers to the palette while it is shown; named by act and object ("Stop node eu-1"). */
export type PaletteCommand = { id: string; label: string; keywords?: readonly string[]; onSelect: () => void };

type Palette = {
  open: () => void;
  register: (commands: readonly PaletteCommand[]) => () => void;
};

const PaletteContext = createContext<Palette | undefined>(undefined);

/** Opens the palette. Throws outside of {@link CommandPaletteProvider}. */
export function useOpenPalette(): () => void {
  const palette = useContext(PaletteContext);
  if (!palette) throw new Error("useOpenPalette is called outside of CommandPaletteProvider.");
  return palette.open;
}

/** Offers acts to the palette for as long as the caller is mounted; keep the list stable with `useMemo`. */
export function usePaletteCommands(commands: readonly PaletteCommand[]): void {
  const palette = useContext(PaletteContext);
  const register = palette?.register;
  useEffect(() => register?.(commands), [register, commands]);
}

/** Every page and every act of the present page behind Ctrl K (or Cmd K). */
export function CommandPaletteProvider({
  groups,
  children,
}: {
  groups: readonly NavigationGroup[];
  children: ReactNode;
}) {
  const [isOpen, setIsOpen] = useState(false);
  const [offers, setOffers] = useState<readonly (readonly PaletteCommand[])[]>([]);
  const router = useRouter();
  const open = useCallback(() => setIsOpen(true), []);
  const register = useCallback((commands: readonly PaletteCommand[]) => {
    setOffers((all) => [...all, commands]);
    return () => setOffers((all) => all.filter((each) => each !== commands));
  }, []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      setIsOpen((was) => !was);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  const run = (act: () => void) => {
    setIsOpen(false);
    act();
  };
  const acts = offers.flat();
  return (
    <PaletteContext.Provider value={{ open, register }}>
      {children}
      <Dialog
        open={isOpen}
        onOpenChange={setIsOpen}
        title="Pages and acts"
        titleHidden
        placement="top"
        takesFocus={false}
      >
        <Command label="Pages and acts" loop>
          <Command.Input
            placeholder="Go to a page or do something"
            className="h-11 w-full border-b bg-transparent px-4 text-base outline-none placeholder:text-ink-faint"
          />
          <Command.List className="max-h-96 overflow-y-auto p-1.5">
            <Command.Empty className="px-3 py-6 text-center text-ink-muted">
              No page and no act has these words.
            </Command.Empty>
            {acts.length > 0 ? (
              <PaletteGroup heading="On this page">
                {acts.map((act) => (
                  <PaletteItem
                    key={act.id}
                    value={`act ${act.id} ${act.label}`}
                    keywords={act.keywords}
                    onSelect={() => run(act.onSelect)}
                  >
                    {act.label}
                  </PaletteItem>
                ))}
              </PaletteGroup>
            ) : null}
            {groups.map((group) => (
              <PaletteGroup key={group.label || "home"} heading={group.label}>
                {group.items.map((item) => (
                  <PaletteItem
                    key={item.href}
                    value={`${group.label} ${item.label}`}
                    keywords={item.keywords}
                    onSelect={() => run(() => router.push(item.href))}
                  >
                    {item.label}
                    <span className="ml-auto font-mono text-xs text-ink-faint">{item.href}</span>
                  </PaletteItem>
                ))}
              </PaletteGroup>
            ))}
          </Command.List>
        </Command>
      </Dialog>
    </PaletteContext.Provider>
  );
}

function PaletteGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-faint"
    >
      {children}
    </Command.Group>
  );
}

function PaletteItem(props: {
  value: string;
  keywords?: readonly string[] | undefined;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <Command.Item
      value={props.value}
      {...(props.keywords ? { keywords: [...props.keywords] } : {})}
      onSelect={props.onSelect}
      className="flex h-row cursor-pointer items-center gap-3 rounded-sm px-2.5 data-[selected=true]:bg-accent-wash"
    >
      {props.children}
    </Command.Item>
  );
}
