"use client";

import { Check, Copy, X } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button";
import { classNames } from "./class-names";
import { Tooltip } from "./tooltip";

const SHOWN_FOR_MS = 1_600;
const WORDS = {
  idle: "",
  copied: "Copied",
  refused: "The browser refused; select the text and copy it by hand",
} as const;

/** Copies `value` whole, however short it is shown; `label` names it ("Copy operator address"). */
export function CopyButton({ value, label, className }: { value: string; label: string; className?: string }) {
  const [state, setState] = useState<keyof typeof WORDS>("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => setState("copied"),
      () => setState("refused"),
    );
  return (
    <>
      <Tooltip content={WORDS[state] || label}>
        <Button
          kind="quiet"
          size="iconSmall"
          aria-label={label}
          onClick={() => void copy()}
          className={classNames("text-ink-faint [&_svg]:size-3.5", className)}
        >
          {state === "idle" ? (
            <Copy />
          ) : state === "copied" ? (
            <Check className="text-ok-text" />
          ) : (
            <X className="text-danger-text" />
          )}
        </Button>
      </Tooltip>
      <span role="status" className="sr-only">
        {WORDS[state]}
      </span>
    </>
  );
}
