import Link from "next/link";
import { PageFocus } from "@/components/layout/page-focus";
import { ThemeMenu } from "@/components/layout/theme-menu";
import { Button } from "@/components/ui/button";
import { Logo } from "@/components/ui/logo";
import { PUBLIC_LINKS } from "./public-links";
import { PublicMenu } from "./public-menu";

/** The head of the public pages. */
export function PublicHeader() {
  return (
    <header className="border-b bg-panel">
      <PageFocus />
      <div className="mx-auto flex h-14 max-w-320 items-center gap-2 px-4 sm:px-6">
        <Link href="/" className="flex items-center gap-2.5">
          <Logo className="h-7 text-accent" />
          <span className="text-lg font-semibold tracking-tight">Omniphi Cloud</span>
        </Link>
        <nav aria-label="Public pages" className="ml-4 hidden items-center gap-4 text-sm text-ink-muted sm:flex">
          {PUBLIC_LINKS.map(({ href, label }) => (
            <Link key={href} href={href} className="hover:text-ink">
              {label}
            </Link>
          ))}
        </nav>
        <div className="ml-auto flex items-center gap-1">
          <Button asChild kind="quiet" className="max-sm:hidden">
            <Link href="/docs">Documentation</Link>
          </Button>
          <ThemeMenu />
          <Button asChild kind="quiet">
            <Link href="/o" aria-label="Open the console">
              <span className="max-sm:hidden">Open the console</span>
              <span className="sm:hidden">Console</span>
            </Link>
          </Button>
          <div className="sm:hidden">
            <PublicMenu />
          </div>
        </div>
      </div>
    </header>
  );
}
