"use client";

import { usePathname } from "next/navigation";
import { DropdownMenu as Primitive } from "radix-ui";
import { type ReactNode, useState } from "react";
import { classNames } from "./class-names";

const itemStyles = classNames(
  "flex min-h-row cursor-pointer items-center gap-2 rounded-sm px-2 text-sm outline-none select-none",
  "data-highlighted:bg-raised data-disabled:cursor-not-allowed data-disabled:opacity-50 [&_svg]:size-4 [&_svg]:text-ink-muted",
);

/**
 * A menu opened by `trigger`, which must be one button-like element. It belongs to the page that it was opened on: another address closes it, and it
 * never keeps the page below from being pressed.
 */
export function Menu({
  trigger,
  align = "end",
  children,
}: {
  trigger: ReactNode;
  align?: "start" | "end";
  children: ReactNode;
}) {
  const pathname = usePathname();
  const [openedAt, setOpenedAt] = useState<string | null>(null);
  return (
    <Primitive.Root
      modal={false}
      open={openedAt !== null && openedAt === pathname}
      onOpenChange={(next) => setOpenedAt(next ? pathname : null)}
    >
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 animate-enter overflow-y-auto rounded-md border border-line-strong bg-panel p-1"
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** One act or, with `asChild`, one link of a menu. */
export function MenuItem({
  onSelect,
  asChild,
  disabled,
  children,
}: {
  onSelect?: () => void;
  asChild?: boolean;
  disabled?: boolean;
  children: ReactNode;
}) {
  return (
    <Primitive.Item
      className={itemStyles}
      {...(onSelect ? { onSelect } : {})}
      {...(asChild ? { asChild } : {})}
      {...(disabled ? { disabled } : {})}
    >
      {children}
    </Primitive.Item>
  );
}

/** A choice that can be on or off; the menu stays open so that several can be set. */
export function MenuCheckboxItem({
  checked,
  onCheckedChange,
  children,
}: {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  children: ReactNode;
}) {
  return (
    <Primitive.CheckboxItem
      className={classNames(itemStyles, "pl-7 relative")}
      checked={checked}
      onCheckedChange={onCheckedChange}
      onSelect={(event) => event.preventDefault()}
    >
      <Primitive.ItemIndicator className="absolute left-2.5 text-accent">✓</Primitive.ItemIndicator>
      {children}
    </Primitive.CheckboxItem>
  );
}

/** One of several exclusive choices. */
export function MenuRadioGroup({
  value,
  onValueChange,
  options,
}: {
  value: string;
  onValueChange: (value: string) => void;
  options: readonly { value: string; label: string }[];
}) {
  return (
    <Primitive.RadioGroup value={value} onValueChange={onValueChange}>
      {options.map((option) => (
        <Primitive.RadioItem
          key={option.value}
          value={option.value}
          className={classNames(itemStyles, "pl-7 relative")}
          onSelect={(event) => event.preventDefault()}
        >
          <Primitive.ItemIndicator className="absolute left-2.5 text-accent">✓</Primitive.ItemIndicator>
          {option.label}
        </Primitive.RadioItem>
      ))}
    </Primitive.RadioGroup>
  );
}

/** A heading inside a menu. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <Primitive.Label className="px-2 pt-1.5 pb-1 text-xs text-ink-faint">{children}</Primitive.Label>;
}

/** A line between groups of a menu. */
export function MenuSeparator() {
  return <Primitive.Separator className="my-1 border-t" />;
}
