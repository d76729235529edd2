"use client";

import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";

/** The one time that a new token can be seen. */
export function ShownOnce({ token, onClose }: { token: string | undefined; onClose: () => void }) {
  return (
    <Dialog
      open={token !== undefined}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      // Nothing shows it again, so a stray Escape or click beside it must not take it away.
      closesByButtonOnly
      title="Copy the token now"
      description="It is shown this once. We keep only a hash of it, so nobody can show it again."
      footer={
        <Button kind="primary" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      <div className="grid gap-3 px-5 py-4">
        <div className="flex items-start gap-2 rounded-md border bg-sunken py-1 pr-1 pl-3">
          <code className="min-w-0 flex-1 py-1.5 font-mono text-xs break-all">{token}</code>
          {token ? <CopyButton value={token} label="Copy token" /> : null}
        </div>
        <p className="text-sm text-ink-muted">
          Send it in the header <code className="font-mono text-xs">Authorization: Bearer TOKEN</code>. If it leaks,
          revoke it here; it ends at once.
        </p>
      </div>
    </Dialog>
  );
}
