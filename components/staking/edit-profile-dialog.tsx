"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ActForm } from "./act-form";
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
  return (
    <ActForm
      placement="side"
      title={`Edit profile of ${own.moniker}`}
      description="Everybody sees this on the chain. A field that is emptied is cleared."
      isReady={changed.length > 0}
      signing={signing}
      onReview={() => signing.begin({ kind: "edit_profile", ...Object.fromEntries(changed) })}
      onClose={onClose}
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
    </ActForm>
  );
}
