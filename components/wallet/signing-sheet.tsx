"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import type { DecodedTransaction } from "@/lib/chain/decode/decoded-transaction";
import { BeforeAfter, type BeforeAfterProps } from "./before-after";
import { PermanentBlock } from "./permanent-block";
import { SignedBytes } from "./signed-bytes";
import { MessageFields, MessageSentences } from "./signing-messages";
import { FieldList } from "./transaction-fields";

/** Where the signing stands; every phase but `review` says one sentence. */
export type SigningPhase =
  | { name: "review" }
  /** The wallet has been asked; it is up to the person now. */
  | { name: "asking" }
  | { name: "sending" }
  /** Rejected, locked, wrong network, changed bytes: what happened and what to do. Signing may be tried again. */
  | { name: "refused"; sentence: string; code?: string | undefined };

type SigningSheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Decoded from the very bytes that will be signed. */
  decoded: DecodedTransaction;
  /** Those bytes, lower-case hex. */
  signBytesHex: string;
  network: { name: string; chainId: string };
  signer: { address: string; walletName: string };
  effects: BeforeAfterProps;
  phase: SigningPhase;
  onSign: () => void;
};

/** Who signs what on which chain, read back from the bytes themselves: nothing is left out, nothing is shortened, the wallet comes last. */
export function SigningSheet(props: SigningSheetProps) {
  const { open, onOpenChange, decoded, network, signer, phase } = props;
  const [acceptedFingerprint, setAcceptedFingerprint] = useState<string>();
  const isWaiting = phase.name === "asking" || phase.name === "sending";
  const needsConsent = decoded.hasUnknown && acceptedFingerprint !== decoded.fingerprint;
  const count = decoded.messages.length;
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!isWaiting) onOpenChange(next);
      }}
      title={`Sign with ${signer.walletName}`}
      placement="full"
      footer={
        <div className="grid w-full gap-3">
          {decoded.hasUnknown ? (
            <Checkbox
              checked={acceptedFingerprint === decoded.fingerprint}
              onChange={(event) => setAcceptedFingerprint(event.target.checked ? decoded.fingerprint : undefined)}
            >
              Parts of this are not understood here. I know what they do from elsewhere and sign them all the same.
            </Checkbox>
          ) : null}
          <PhaseLine phase={phase} walletName={signer.walletName} />
          <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
            <Button onClick={() => onOpenChange(false)} disabled={isWaiting}>
              Do not sign
            </Button>
            <Button kind="primary" onClick={props.onSign} busy={isWaiting} disabled={needsConsent}>
              {phase.name === "refused" ? `Ask ${signer.walletName} again` : `Sign in ${signer.walletName}`}
            </Button>
          </div>
        </div>
      }
    >
      <div className="grid gap-6 px-5 py-5">
        <p className="text-base text-pretty">
          <span className="font-mono text-sm break-all">{signer.address}</span> signs{" "}
          <strong className="font-semibold">{count === 1 ? "one message" : `${count} messages`}</strong> on{" "}
          <strong className="font-semibold">{network.name}</strong> (
          <span className="font-mono text-sm">{network.chainId}</span>).
        </p>
        <MessageSentences messages={decoded.messages} />
        {decoded.warnings.length > 0 ? (
          <ul
            aria-label="Stop and read"
            className="grid gap-1 rounded-md border border-attention-mark bg-attention-wash px-4 py-3"
          >
            {decoded.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        ) : null}
        <PermanentBlock decoded={decoded} />
        <BeforeAfter {...props.effects} />
        <section>
          <h3 className="mb-2 text-sm font-semibold">Every field that is signed</h3>
          <MessageFields messages={decoded.messages} />
          <div className="mt-4 rounded-md border px-4 py-1.5">
            <FieldList fields={decoded.envelope} />
          </div>
        </section>
        <SignedBytes fingerprint={decoded.fingerprint} hex={props.signBytesHex} encoding={decoded.encoding} />
      </div>
    </Dialog>
  );
}

function PhaseLine({ phase, walletName }: { phase: SigningPhase; walletName: string }) {
  if (phase.name === "refused") {
    return (
      <p role="alert" className="rounded-md bg-danger-wash px-3 py-2 text-sm text-danger-text">
        {phase.sentence}
        {phase.code ? <span className="ml-2 font-mono text-xs">{phase.code}</span> : null}
      </p>
    );
  }
  const sentence = {
    review: "",
    asking: `${walletName} has been asked. Compare the fingerprint, then decide there.`,
    sending: "Signed. The transaction is being sent to the chain.",
  }[phase.name];
  return (
    <p role="status" className="text-sm text-ink-muted empty:hidden">
      {sentence}
    </p>
  );
}
