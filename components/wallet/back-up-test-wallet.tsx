"use client";

import { useEffect, useState } from "react";
import { downloadText } from "@/components/log/download-text";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { createTestSigner } from "@/components/wallet-signer/test-signer";
import { MIN_PASSPHRASE_LENGTH, sealBackup } from "@/components/wallet-signer/test-wallet-backup";
import { readTestMnemonic } from "@/components/wallet-signer/test-wallet-store";
import type { WalletNetwork } from "@/components/wallet-signer/wallet-signer";

type BackUpProps = { network: WalletNetwork; open: boolean; onOpenChange: (open: boolean) => void };

/** Takes the browser's test wallet out as an encrypted file or as its words. Nothing of it leaves the browser but by its owner's hand. */
export function BackUpTestWallet({ network, open, onOpenChange }: BackUpProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Back up the browser test wallet"
      description="Whoever has the words or the file with its passphrase has the wallet, and a validator that it owns. The server never sees either."
    >
      {open ? <BackUp network={network} /> : null}
    </Dialog>
  );
}

function BackUp({ network }: { network: WalletNetwork }) {
  const [mnemonic, setMnemonic] = useState<string | null>();
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [message, setMessage] = useState<{ text: string; isError: boolean }>();
  const [isBusy, setBusy] = useState(false);
  const [isAlone, setAlone] = useState(false);
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    readTestMnemonic().then(setMnemonic, () => setMnemonic(null));
  }, []);
  if (mnemonic === undefined) return <p className="px-5 py-4 text-sm text-ink-muted">Looking for the wallet.</p>;
  if (mnemonic === null) {
    return (
      <p className="px-5 py-4 text-sm">
        This browser keeps no test wallet. Open this page in the browser that you signed in with, or restore a backup
        here.
      </p>
    );
  }

  async function save(words: string): Promise<void> {
    if (passphrase.length < MIN_PASSPHRASE_LENGTH || passphrase !== again) {
      const text =
        passphrase.length < MIN_PASSPHRASE_LENGTH
          ? `The passphrase has at least ${MIN_PASSPHRASE_LENGTH} characters.`
          : "The two passphrases differ.";
      setMessage({ text, isError: true });
      return;
    }
    setBusy(true);
    try {
      const { address } = await createTestSigner().connect(network);
      const file = await sealBackup({ mnemonic: words, address }, passphrase);
      downloadText(`omniphi-test-wallet-${address.slice(-6)}.json`, file, "application/json");
      setMessage({
        text: "The file is saved. Without its passphrase nobody can open it, you included.",
        isError: false,
      });
    } catch {
      setMessage({ text: "The browser could not make the file. Show the words instead.", isError: true });
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="grid gap-6 px-5 py-4">
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void save(mnemonic);
        }}
      >
        <h3 className="text-sm font-semibold">As an encrypted file</h3>
        <Field label="Passphrase" required hint={`At least ${MIN_PASSPHRASE_LENGTH} characters. Nobody can reset it.`}>
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="new-password"
              value={passphrase}
              onChange={(event) => setPassphrase(event.target.value)}
            />
          )}
        </Field>
        <Field label="Passphrase again" required>
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="new-password"
              value={again}
              onChange={(event) => setAgain(event.target.value)}
            />
          )}
        </Field>
        <div>
          <Button type="submit" kind="primary" busy={isBusy}>
            Save encrypted file
          </Button>
        </div>
        <p role="status" className={message?.isError ? "text-sm text-danger-text" : "text-sm text-ink-muted"}>
          {message?.text}
        </p>
      </form>
      <section aria-label="As words" className="grid gap-3 border-t pt-4">
        <h3 className="text-sm font-semibold">As words</h3>
        {isShown ? (
          <p className="rounded-md border bg-sunken px-3 py-2 font-mono text-sm break-words select-all">{mnemonic}</p>
        ) : (
          <>
            <Checkbox checked={isAlone} onChange={(event) => setAlone(event.target.checked)}>
              Nobody else sees this screen, and I will write the words down on paper.
            </Checkbox>
            <div>
              <Button disabled={!isAlone} onClick={() => setShown(true)}>
                Show the words
              </Button>
            </div>
          </>
        )}
      </section>
    </div>
  );
}
