import type { ReactNode } from "react";

/** One column of a {@link DataTable}. */
export type DataColumn<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** The cell as plain text, for CSV; a column without it is left out of the file. */
  text?: (row: Row) => string;
  /** The server can sort by it. */
  isSortable?: boolean;
  /** Figures stand right. */
  align?: "left" | "right";
  /** Tailwind width class of the column, as `w-40`; the rest is shared out. */
  width?: string;
  /** Hidden until the reader chooses it. */
  isHiddenAtFirst?: boolean;
  /** The cell is a control that says itself what it does: its card's line repeats no head beside it. */
  isAct?: boolean;
  /** The row's name: always shown, and the head of its card on narrow screens. */
  isName?: boolean;
};

/** One filter above the table: a choice among values, or words. */
export type DataFilter =
  | { kind: "choice"; name: string; label: string; options: readonly { value: string; label: string }[] }
  | { kind: "words"; name: string; label: string; placeholder: string };

/** What the table shows: rows, or why there are none to show. */
export type DataTableContent<Row> =
  | { status: "loading" }
  | { status: "error"; upstream: string; sentence: string; code?: string | undefined }
  | {
      status: "ready";
      rows: readonly Row[];
      nextCursor: string | null;
      /** Set when newer rows could not be read: what is shown is old; when it was read, and why. */
      stale?: { readAt: string; upstream: string; sentence: string } | undefined;
    };
