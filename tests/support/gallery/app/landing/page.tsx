import { NetworkPanel } from "@/components/landing/network-panel";
import { ProofList } from "@/components/landing/proof-list";
import { PublicHeader } from "@/components/landing/public-header";
import { StepList } from "@/components/landing/step-list";
import { Button } from "@/components/ui/button";
import { ago, sampleBlocks } from "../sample";

export default function Landing() {
  return (
    <>
      <PublicHeader />
      <main id="content" tabIndex={-1} className="mx-auto max-w-320 px-4 sm:px-6">
        <section className="pt-12 pb-8 sm:pt-20">
          <h1 className="max-w-200 text-2xl font-semibold tracking-tight text-balance sm:text-3xl">
            A validator of your own, from your wallet to its first signed block.
          </h1>
          <p className="mt-4 max-w-160 text-lg text-pretty text-ink-muted">
            We run the node. The account key stays in your wallet, the consensus key never leaves the node, and every
            block since then is on the page.
          </p>
          <Button kind="primary" size="large" className="mt-6">
            Set up a validator
          </Button>
        </section>
        <NetworkPanel
          status="live"
          pulse={{
            networkId: "net_1",
            displayName: "Omniphi localnet",
            chainId: "omniphi-localnet-1",
            averageBlockMs: 1_020,
            updatedAt: ago(1),
            blocks: sampleBlocks(600, 45_678).flatMap((block) =>
              block.state === "absent" ? [] : [{ ...block, state: block.state }],
            ),
          }}
        />
        <div className="h-6" />
        <NetworkPanel
          status="starting"
          sentence="The local chain is still being built; its first block comes in about four minutes."
        />
        <div className="h-6" />
        <NetworkPanel
          status="down"
          upstream="The portal's database"
          sentence="None of its two endpoints took a connection."
          code="chain.unreachable"
        />
        <section className="pt-20">
          <ProofList />
        </section>
        <section className="py-20">
          <StepList />
        </section>
      </main>
    </>
  );
}
