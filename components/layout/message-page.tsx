import type { ReactNode } from "react";
import { Logo } from "@/components/ui/logo";

/** A whole page that says one thing: what happened, why, and what to do now. */
export function MessagePage(props: {
  title: string;
  code?: string | undefined;
  children: ReactNode;
  actions: ReactNode;
}) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-140 flex-col justify-center px-6 py-16">
      <Logo className="mb-6 h-8 self-start text-ink-faint" />
      <h1 className="text-xl font-semibold tracking-tight">{props.title}</h1>
      <p className="mt-2 text-base text-pretty text-ink-muted">{props.children}</p>
      <div className="mt-5 flex gap-2">{props.actions}</div>
      {props.code ? <p className="mt-8 font-mono text-xs text-ink-faint">{props.code}</p> : null}
    </main>
  );
}
