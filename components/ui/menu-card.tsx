"use client";

import Link from "next/link";
import { DropdownMenu as Primitive } from "radix-ui";
import { type ReactNode, useEffect, useRef } from "react";
import { classNames } from "./class-names";
import type { MenuEntry } from "./menu-entry";

const itemStyles = classNames(
  "flex min-h-row cursor-pointer items-center gap-2 rounded-sm px-2 text-sm outline-none select-none",
  "data-highlighted:bg-raised data-disabled:cursor-not-allowed data-disabled:opacity-50 [&_svg]:size-4 [&_svg]:text-ink-muted",
);
const markedItemStyles = classNames(itemStyles, "relative pl-7");
const markStyles = "absolute left-2.5 text-accent";

type OpenMenuProps = {
  trigger: ReactNode;
  align: "start" | "end";
  entries: readonly MenuEntry[];
  /** True where the keyboard opened it before it was here: the focus begins at the first entry then, as it does with every later opening. */
  startsAtFirst: boolean;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** A menu with its trigger once it was opened for the first time. */
export function OpenMenu({ trigger, align, entries, startsAtFirst, open, onOpenChange }: OpenMenuProps) {
  const content = useRef<HTMLDivElement>(null);
  const isFirst = useRef(startsAtFirst);
  useEffect(() => {
    if (!isFirst.current) return;
    // A frame later: the content takes the focus itself as it comes.
    const frame = requestAnimationFrame(() => {
      isFirst.current = false;
      content.current?.querySelector<HTMLElement>("[role^=menuitem]:not([data-disabled])")?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <Primitive.Root modal={false} open={open} onOpenChange={onOpenChange}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          ref={content}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 animate-enter overflow-y-auto rounded-md border border-line-strong bg-panel p-1"
        >
          {entries.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a menu have no order of their own to keep.
            <Entry key={index} entry={entry} />
          ))}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  switch (entry.kind) {
    case "heading":
      return <Primitive.Label className="px-2 pt-1.5 pb-1 text-xs text-ink-faint">{entry.text}</Primitive.Label>;
    case "line":
      return <Primitive.Separator className="my-1 border-t" />;
    case "words":
      return <div className="px-2 pt-1.5 pb-1">{entry.content}</div>;
    case "act":
      return (
        <Primitive.Item className={itemStyles} onSelect={entry.onSelect}>
          {entry.content}
        </Primitive.Item>
      );
    case "link":
      return (
        <Primitive.Item className={itemStyles} asChild>
          <Link
            href={entry.href}
            aria-current={entry.isCurrent ? "true" : undefined}
            {...(entry.onSelect ? { onClick: entry.onSelect } : {})}
          >
            {entry.content}
          </Link>
        </Primitive.Item>
      );
    case "check":
      return (
        <Primitive.CheckboxItem
          className={markedItemStyles}
          checked={entry.isOn}
          onCheckedChange={entry.onChange}
          onSelect={(event) => event.preventDefault()}
        >
          <Primitive.ItemIndicator className={markStyles}>✓</Primitive.ItemIndicator>
          {entry.label}
        </Primitive.CheckboxItem>
      );
    case "choice":
      return (
        <Primitive.RadioGroup value={entry.value} onValueChange={entry.onChange}>
          {entry.options.map(({ value, label }) => (
            <Primitive.RadioItem
              key={value}
              value={value}
              className={markedItemStyles}
              onSelect={(event) => event.preventDefault()}
            >
              <Primitive.ItemIndicator className={markStyles}>✓</Primitive.ItemIndicator>
              {label}
            </Primitive.RadioItem>
          ))}
        </Primitive.RadioGroup>
      );
  }
}
