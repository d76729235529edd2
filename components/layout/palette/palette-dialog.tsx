"use client";

import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useCallback, useRef, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { KeyHint } from "@/components/ui/key-hint";
import { useToast } from "@/components/ui/toast";
import type { FoundItem } from "@/server/kernel/find";
import { useHrefOfFound } from "../console-place";
import type { NavigationGroup } from "../navigation";
import { FoundGroup, foundValue } from "./found-group";
import type { PaletteCommand } from "./palette-command";
import { PaletteGroup, PaletteItem } from "./palette-item";
import type { Finder } from "./use-found";

type PaletteDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  groups: readonly NavigationGroup[];
  /** Of the page that is shown. */
  acts: readonly PaletteCommand[];
  finders: readonly Finder[];
};

/** The palette's surface: what was typed is looked for among acts, objects and pages; the right arrow shows what can be done with an object. */
export function PaletteDialog({ open, onOpenChange, groups, acts, finders }: PaletteDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Pages, objects and acts"
      titleHidden
      placement="top"
      takesFocus={false}
    >
      {open ? <Palette onClose={() => onOpenChange(false)} groups={groups} acts={acts} finders={finders} /> : null}
    </Dialog>
  );
}

const caretIsAtEnd = ({ selectionStart, value }: HTMLInputElement): boolean => selectionStart === value.length;

function Palette({
  onClose,
  groups,
  acts,
  finders,
}: Omit<PaletteDialogProps, "open" | "onOpenChange"> & { onClose: () => void }) {
  const router = useRouter();
  const toast = useToast();
  const hrefOf = useHrefOfFound();
  const [words, setWords] = useState("");
  const [selected, setSelected] = useState("");
  /** The object whose acts are shown, in the place of everything else. */
  const [chosen, setChosen] = useState<FoundItem>();
  const found = useRef<readonly FoundItem[]>([]);
  const [foundCount, setFoundCount] = useState(0);
  const keepFound = useCallback((items: readonly FoundItem[]) => {
    found.current = items;
    setFoundCount(items.length);
  }, []);

  const run = (act: () => void) => {
    onClose();
    act();
  };
  const choose = (item: FoundItem | undefined) => {
    setChosen(item);
    setWords("");
    setSelected("");
  };
  const openPage = (href: string) => run(() => router.push(hrefOf(href)));
  const select = (item: FoundItem) => (item.href === null ? choose(item) : openPage(item.href));
  const copy = (value: string) =>
    run(() => {
      navigator.clipboard.writeText(value).then(
        () => toast({ text: "Copied." }),
        () => toast({ text: "The browser refused to copy." }),
      );
    });

  function onKeyDown(event: KeyboardEvent): void {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || event.nativeEvent.isComposing) return;
    if (event.key === "ArrowRight" && !chosen && caretIsAtEnd(input)) {
      const item = found.current.find((each) => foundValue(each) === selected);
      if (!item) return;
      event.preventDefault();
      choose(item);
    }
    const goesBack = event.key === "Backspace" || event.key === "ArrowLeft" || event.key === "Escape";
    if (chosen && input.value === "" && goesBack) {
      event.preventDefault();
      event.stopPropagation();
      choose(undefined);
    }
  }

  return (
    <Command label="Pages, objects and acts" loop value={selected} onValueChange={setSelected} onKeyDown={onKeyDown}>
      <Command.Input
        value={words}
        onValueChange={setWords}
        placeholder={chosen ? `What to do with ${chosen.title}` : "Go to a page, find an object, do something"}
        className="h-11 w-full border-b bg-transparent px-4 text-base outline-none placeholder:text-ink-faint"
      />
      <Command.List className="max-h-96 overflow-y-auto p-1.5">
        {foundCount > 0 && !chosen ? null : (
          <Command.Empty className="px-3 py-6 text-center text-ink-muted">
            No page, object or act has these words.
          </Command.Empty>
        )}
        {chosen ? (
          <PaletteGroup heading={chosen.title}>
            {chosen.href === null ? null : (
              <PaletteItem value={`open ${chosen.id}`} keywords={["open"]} onSelect={() => select(chosen)}>
                Open
              </PaletteItem>
            )}
            {chosen.acts.map((act) => (
              <PaletteItem key={act.href} value={act.label} onSelect={() => openPage(act.href)}>
                {act.label}
              </PaletteItem>
            ))}
            {chosen.copies.map(({ label, value }) => (
              <PaletteItem key={label} value={label} onSelect={() => copy(value)}>
                {label}
                <span className="ml-auto min-w-0 truncate font-mono text-xs text-ink-faint">{value}</span>
              </PaletteItem>
            ))}
          </PaletteGroup>
        ) : (
          <>
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
            {finders.length > 0 ? (
              <FoundGroup finders={finders} words={words} onFound={keepFound} onSelect={select} />
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
          </>
        )}
      </Command.List>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t px-4 py-2 text-xs text-ink-muted coarse:hidden">
        <span className="inline-flex items-center gap-1.5">
          <KeyHint keys="Enter" /> {chosen ? "does it" : "opens"}
        </span>
        <span className="inline-flex items-center gap-1.5">
          <KeyHint keys={chosen ? "←" : "→"} /> {chosen ? "back" : "acts on what was found"}
        </span>
        <span className="inline-flex items-center gap-1.5">
          <KeyHint keys="Esc" /> closes
        </span>
      </p>
    </Command>
  );
}
