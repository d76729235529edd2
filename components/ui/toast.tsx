"use client";

import { X } from "lucide-react";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import { Button } from "./button";

/** One passing remark. Rare: only for what has no place of its own on the page. Errors that need an act never go here. */
export type ToastMessage = { text: string; action?: { label: string; onSelect: () => void } };

type Shown = ToastMessage & { id: number };

const SHOWN_FOR_MS = 8_000;
const AT_ONCE = 3;
const ShowToast = createContext<((message: ToastMessage) => void) | undefined>(undefined);

/** Returns the function that shows a remark. Throws outside of {@link ToastProvider}. */
export function useToast(): (message: ToastMessage) => void {
  const show = useContext(ShowToast);
  if (!show) throw new Error("useToast is called outside of ToastProvider.");
  return show;
}

/** Holds the remarks and their live region; once around the application. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Shown[]>([]);
  const dismiss = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const show = useCallback(
    (message: ToastMessage) =>
      setToasts((all) => [...all.slice(1 - AT_ONCE), { ...message, id: (all.at(-1)?.id ?? 0) + 1 }]),
    [],
  );
  return (
    <ShowToast.Provider value={show}>
      {children}
      <section
        aria-label="Notices"
        aria-live="polite"
        className="pointer-events-none fixed right-4 bottom-4 left-4 z-50 grid justify-items-end gap-2"
      >
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onDismiss={dismiss} />
        ))}
      </section>
    </ShowToast.Provider>
  );
}

function ToastCard({ toast, onDismiss }: { toast: Shown; onDismiss: (id: number) => void }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => onDismiss(toast.id), SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [held, onDismiss, toast.id]);
  const { action } = toast;
  return (
    <fieldset
      aria-label="Notice"
      className="pointer-events-auto flex max-w-100 animate-enter items-center gap-2 rounded-md border border-line-strong bg-panel py-1.5 pr-1.5 pl-3 text-sm"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className="min-w-0 flex-1">{toast.text}</span>
      {action ? (
        <Button
          kind="quiet"
          size="small"
          onClick={() => {
            action.onSelect();
            onDismiss(toast.id);
          }}
        >
          {action.label}
        </Button>
      ) : null}
      <Button kind="quiet" size="iconSmall" aria-label="Dismiss notice" onClick={() => onDismiss(toast.id)}>
        <X />
      </Button>
    </fieldset>
  );
}
