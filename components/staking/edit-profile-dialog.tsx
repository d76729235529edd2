"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ActRefusal } from "./act-refusal";
import type { useActSigning } from "./use-act-signing";
import type { ShownPosition } from "./use-position";

const FIELDS = [
  ["validatorName", "moniker", "Name"],
  ["website", "website", "Website"],
  ["securityContact", "securityContact", "Security contact"],
  ["identity", "identity", "Identity"],
  ["description", "details", "Details"],
] as const;
type Name = (typeof FIELDS)[number][0];

type EditProfileDialogProps = {
  own: NonNullable<ShownPosition["ownValidator"]>;
  signing: ReturnType<typeof useActSigning>;
  onClose: () => void;
};

/** What the chain shows of the validator; only what is changed here is signed, the rest is told to stay. */
export function EditProfileDialog({ own, signing, onClose }: EditProfileDialogProps) {
  const [typed, setTyped] = useState<Partial<Record<Name, string>>>({});
  const changed = FIELDS.flatMap(([name, field]) => {
    const text = typed[name];
    return text === undefined || text === own[field] ? [] : [[name, text] as const];
  });
  const isReady = changed.length > 0;
  const close = () => {
    signing.forget();
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(next) => {
        if (!next) close();
      }}
      placement="side"
      title={`Edit profile of ${own.moniker}`}
      description="Everybody sees this on the chain. A field that is emptied is cleared."
      footer={
        <>
          <Button onClick={close}>Leave it</Button>
          <Button kind="primary" type="submit" form="edit-profile" disabled={!isReady} busy={signing.isPreparing}>
            Review and sign
          </Button>
        </>
      }
    >
      <form
        id="edit-profile"
        className="grid gap-4 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !signing.isPreparing) signing.begin({ kind: "edit_profile", ...Object.fromEntries(changed) });
        }}
      >
        {FIELDS.map(([name, field, label]) => (
          <Field key={name} label={label} required={name === "validatorName"}>
            {(control) => (
              <Input
                {...control}
                autoComplete="off"
                value={typed[name] ?? own[field]}
                onChange={(event) => setTyped((all) => ({ ...all, [name]: event.target.value }))}
              />
            )}
          </Field>
        ))}
        <ActRefusal refusal={signing.refusal} />
      </form>
    </Dialog>
  );
}
