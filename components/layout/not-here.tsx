import Link from "next/link";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";

/** Stands in the place of a page that is not there; the frame around it stays, so that every other page is one press away. */
export function NotHere({ href, label }: { href: string; label: string }) {
  return (
    <>
      <PageHeader title="Nothing is at this address" />
      <Panel>
        <p className="max-w-150 text-base text-pretty text-ink-muted">
          Either the address was mistyped, or what stood here belongs to another organisation: the two look the same on
          purpose.
        </p>
        <div className="mt-4 flex flex-wrap items-center gap-4">
          <Button asChild kind="primary">
            <Link href={href}>{label}</Link>
          </Button>
          <span className="font-mono text-xs text-ink-faint">404</span>
        </div>
      </Panel>
    </>
  );
}
