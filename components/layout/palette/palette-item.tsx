import { Command } from "cmdk";
import type { ReactNode } from "react";

/** Rows of the palette under one heading. */
export function PaletteGroup(props: {
  heading: string;
  /** Shown whatever was typed: its rows were judged elsewhere. */
  isJudged?: boolean;
  children: ReactNode;
}) {
  return (
    <Command.Group
      heading={props.heading}
      {...(props.isJudged ? { forceMount: true } : {})}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-faint"
    >
      {props.children}
    </Command.Group>
  );
}

/** One row of the palette; `value` is what it is held by, and with the keywords what it is found by. */
export function PaletteItem(props: {
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
      className="flex min-h-row cursor-pointer items-center gap-3 rounded-sm px-2.5 py-1 data-[selected=true]:bg-accent-wash"
    >
      {props.children}
    </Command.Item>
  );
}
