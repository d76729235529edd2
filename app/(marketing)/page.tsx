import Link from "next/link";
import { Suspense } from "react";
import { LiveNetworkPanel } from "@/components/landing/live-network-panel";
import { ProofList } from "@/components/landing/proof-list";
import { PublicHeader } from "@/components/landing/public-header";
import { ReceiptFigures } from "@/components/landing/receipt-figures";
import { StepList } from "@/components/landing/step-list";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { firstNetworkPanel } from "./first-network-panel";
import { readReceipts } from "./read-receipts";

/** The blocks are read anew for each visitor. */
export const dynamic = "force-dynamic";

export default function LandingPage() {
  return (
    <>
      <PublicHeader />
      <main id="content" tabIndex={-1} className="mx-auto max-w-320 px-4 sm:px-6 outline-none">
        <section className="pt-12 pb-8 sm:pt-20">
          <h1 className="max-w-200 text-2xl font-semibold tracking-tight text-balance sm:text-3xl">
            A validator of your own, from your wallet to its first signed block.
          </h1>
          <p className="mt-4 max-w-160 text-lg text-pretty text-ink-muted">
            We run the node. The account key stays in your wallet, the consensus key never leaves the node, and every
            block since then is on the page.
          </p>
          <Button asChild kind="primary" size="large" className="mt-6">
            <Link href="/validators/new">Set up a validator</Link>
          </Button>
        </section>
        {/* What it is stands there at once; what has to be read comes a moment later in the same answer, with what lies below it, so that nothing moves. */}
        <Suspense fallback={<Skeleton className="h-72 w-full" />}>
          <Measured />
        </Suspense>
      </main>
    </>
  );
}

/** The network and the receipts as they are now, and what follows them. */
async function Measured() {
  const [panel, receipts] = await Promise.all([firstNetworkPanel(), readReceipts()]);
  return (
    <>
      <LiveNetworkPanel {...panel} />
      <ReceiptFigures receipts={receipts} />
      <section aria-labelledby="proof" className="pt-20">
        <h2 id="proof" className="mb-4 text-xl font-semibold tracking-tight">
          Check it yourself
        </h2>
        <ProofList />
      </section>
      <section aria-labelledby="does" className="pt-20">
        <h2 id="does" className="mb-6 text-xl font-semibold tracking-tight">
          What it does
        </h2>
        <StepList />
      </section>
      <section aria-labelledby="docs" className="flex flex-wrap items-baseline gap-x-6 gap-y-2 py-20">
        <h2 id="docs" className="text-xl font-semibold tracking-tight">
          From request to signed block by API, too
        </h2>
        <Link href="/docs" className="text-lg text-accent underline underline-offset-4">
          Documentation
        </Link>
        <Link href="/docs/api" className="text-lg text-accent underline underline-offset-4">
          API reference
        </Link>
        <a href="/api/v1/openapi.json" className="text-lg text-accent underline underline-offset-4">
          OpenAPI description
        </a>
      </section>
    </>
  );
}
