"use client";

import {
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from "react";
import type { NavigationGroup } from "./navigation";
import type { PaletteCommand } from "./palette/palette-command";
import type { Finder } from "./palette/use-found";

// Most pages are read without it: it comes with its first opening.
const PaletteDialog = lazy(async () => ({ default: (await import("./palette/palette-dialog")).PaletteDialog }));

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

const NO_FINDERS: readonly Finder[] = [];

/** Every page, every act of the present page, and every object that `finders` know, behind Ctrl K (or Cmd K). */
export function CommandPaletteProvider({
  groups,
  finders = NO_FINDERS,
  children,
}: {
  groups: readonly NavigationGroup[];
  finders?: readonly Finder[] | undefined;
  children: ReactNode;
}) {
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const [offers, setOffers] = useState<readonly (readonly PaletteCommand[])[]>([]);
  const open = useCallback(() => setIsOpen(true), []);
  useEffect(() => {
    if (isOpen) setWasOpened(true);
  }, [isOpen]);
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
  const palette = useMemo(() => ({ open, register }), [open, register]);
  return (
    <PaletteContext.Provider value={palette}>
      {children}
      {wasOpened ? (
        <Suspense fallback={null}>
          <PaletteDialog
            open={isOpen}
            onOpenChange={setIsOpen}
            groups={groups}
            acts={offers.flat()}
            finders={finders}
          />
        </Suspense>
      ) : null}
    </PaletteContext.Provider>
  );
}
