"use client";

import { type FormEvent, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { BackupError, checkedMnemonic, openBackup } from "@/components/wallet-signer/test-wallet-backup";
import { readTestMnemonic, writeTestMnemonic } from "@/components/wallet-signer/test-wallet-store";

/** A backup is under two kilobytes; nothing larger is read. */
const MAX_FILE_BYTES = 16_384;

type RestoreProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** Puts a test wallet into this browser, from its file or its words; it takes the place of the one that is there. */
export function RestoreTestWallet({ open, onOpenChange }: RestoreProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Restore a browser test wallet"
      description="From the encrypted file with its passphrase, or from the words. Nothing is sent anywhere."
    >
      {open ? <Restore /> : null}
    </Dialog>
  );
}

function Restore() {
  const [kept, setKept] = useState<string | null>();
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState("");
  const [words, setWords] = useState("");
  const [mayReplace, setMayReplace] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [isRestored, setRestored] = useState(false);
  useEffect(() => {
    readTestMnemonic().then(setKept, () => setKept(null));
  }, []);

  async function restore(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setRefusal(undefined);
    try {
      if (file && file.size > MAX_FILE_BYTES) throw new BackupError("This is not a backup of a browser test wallet.");
      const mnemonic = await checkedMnemonic(file ? await openBackup(await file.text(), passphrase) : words);
      // Read again: another tab may have made or restored one meanwhile.
      const present = await readTestMnemonic();
      if (present !== null && present !== mnemonic && !mayReplace) {
        setKept(present);
        throw new BackupError("This browser keeps another test wallet. Say below that it may be replaced.");
      }
      if (present !== mnemonic) await writeTestMnemonic(mnemonic);
      setRestored(true);
    } catch (thrown) {
      setRefusal(thrown instanceof BackupError ? thrown.message : "The browser could not keep the wallet.");
    } finally {
      setBusy(false);
    }
  }

  if (isRestored) {
    return (
      <p role="status" className="px-5 py-4 text-sm">
        The wallet is in this browser. Sign in with the browser test wallet, or link it to your account, to use it.
      </p>
    );
  }
  const hasSource = file !== undefined || words.trim() !== "";
  return (
    <form className="grid gap-4 px-5 py-4" onSubmit={(event) => void restore(event)}>
      <Field label="Encrypted file">
        {(control) => (
          <input
            {...control}
            type="file"
            accept="application/json,.json"
            className="text-sm"
            onChange={(event) => setFile(event.target.files?.[0])}
          />
        )}
      </Field>
      {file ? (
        <Field label="Passphrase" required>
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="off"
              value={passphrase}
              onChange={(event) => setPassphrase(event.target.value)}
            />
          )}
        </Field>
      ) : (
        <Field label="Or the words" hint="12 to 24 words in their order.">
          {(control) => (
            <Textarea
              {...control}
              rows={3}
              autoComplete="off"
              spellCheck={false}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          )}
        </Field>
      )}
      {kept ? (
        <Checkbox checked={mayReplace} onChange={(event) => setMayReplace(event.target.checked)}>
          Replace the test wallet that this browser keeps. Without a backup of its own it is gone for good, and with it
          a validator that it owns.
        </Checkbox>
      ) : null}
      <p role="alert" className="text-sm text-danger-text empty:hidden">
        {refusal}
      </p>
      <div>
        <Button type="submit" kind="primary" busy={isBusy} disabled={!hasSource}>
          Restore wallet
        </Button>
      </div>
    </form>
  );
}
