import type { SetupStatus } from "@/server/domains/validators/constants";
import { hasBeenOnChain, isGivenUp } from "@/server/domains/validators/states";

/** What the console knows of a newcomer's way; undefined while it has not been read. */
export type TourFacts = {
  readonly setups: readonly { readonly id: string; readonly status: SetupStatus }[] | undefined;
  /** Whether a block of one of the validators carries its signature. */
  readonly hasSigned: boolean;
};

export type TourStep = {
  readonly id: string;
  readonly title: string;
  readonly sentence: string;
  readonly isDone: boolean;
  /** Where the step is done, within the organisation; null where there is nothing to open yet. */
  readonly href: string | null;
  readonly act: string;
};

/** The first way through the product, each step done by the real thing and by nothing else. */
export function tourSteps({ setups = [], hasSigned }: TourFacts): readonly TourStep[] {
  const live = setups.filter(({ status }) => !isGivenUp(status));
  const active = live.find(({ status }) => hasBeenOnChain(status));
  const waiting = live.find(({ status }) => !hasBeenOnChain(status));
  return [
    {
      id: "wallet",
      title: "Come in with your wallet",
      sentence: "Its key stays where it is; here it only proves that you are you.",
      isDone: true,
      href: null,
      act: "",
    },
    {
      id: "setup",
      title: "Set up a validator",
      sentence: "Five answers. The node is made and brought to the tip of the chain for you.",
      isDone: live.length > 0,
      href: "/validators/new",
      act: "Set up a validator",
    },
    {
      id: "sign",
      title: "Sign one transaction",
      sentence: "It makes the validator. The sheet shows every field before your wallet does.",
      isDone: active !== undefined,
      href: waiting ? `/validators/${waiting.id}/setup` : null,
      act: "Open the setup",
    },
    {
      id: "watch",
      title: "See its first signed block",
      sentence: "Each block has a cell; from then on you see every one that it signs or misses.",
      isDone: hasSigned,
      href: active ? `/validators/${active.id}` : null,
      act: "Open the validator",
    },
  ];
}
