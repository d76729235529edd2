"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { organizationHref } from "@/components/layout/organization-href";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { MAX_NAME_LENGTH } from "@/server/domains/identity/constants";

/** Makes an organisation that the person owns, and goes there. */
export function NewOrganization({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const client = useTRPCClient();
  const router = useRouter();
  const [name, setName] = useState("");
  const make = useAct(async () => {
    const made = await client.identity.createOrganization.mutate({ name: name.trim() });
    setName("");
    onOpenChange(false);
    router.push(organizationHref(made.slug));
  });
  const isReady = name.trim() !== "";
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        make.forget();
        onOpenChange(next);
      }}
      title="New organisation"
      description="Its members share validators, tokens and the audit log. You own it and can invite others."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Leave it</Button>
          <Button kind="primary" type="submit" form="new-organization" disabled={!isReady} busy={make.isBusy}>
            Make organisation
          </Button>
        </>
      }
    >
      <form
        id="new-organization"
        className="grid gap-4 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !make.isBusy) void make.run(undefined);
        }}
      >
        <Field
          label="Name"
          required
          error={make.error}
          hint="Seen by its members. The address is made from it and stays."
        >
          {(control) => (
            <Input
              {...control}
              value={name}
              maxLength={MAX_NAME_LENGTH}
              autoComplete="organization"
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
