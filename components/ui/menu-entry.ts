import type { ReactNode } from "react";

/** One line of a menu. Data, so that what draws it comes with the menu's first opening. */
export type MenuEntry =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "line" }
  /** Words that nothing can be done with. */
  | { readonly kind: "words"; readonly content: ReactNode }
  | { readonly kind: "act"; readonly content: ReactNode; readonly onSelect: () => void }
  | {
      readonly kind: "link";
      readonly href: string;
      readonly content: ReactNode;
      readonly isCurrent?: boolean;
      readonly onSelect?: () => void;
    }
  /** On or off; the menu stays open so that several can be set. */
  | {
      readonly kind: "check";
      readonly label: string;
      readonly isOn: boolean;
      readonly onChange: (isOn: boolean) => void;
    }
  /** One of several exclusive choices; the menu stays open here too. */
  | {
      readonly kind: "choice";
      readonly value: string;
      readonly onChange: (value: string) => void;
      readonly options: readonly { readonly value: string; readonly label: string }[];
    };
