"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { FormSheet } from "@/components/forms/form-sheet";
import { organizationHref } from "@/components/layout/organization-href";
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
    <FormSheet
      open={open}
      onOpenChange={onOpenChange}
      title="New organisation"
      description="Its members share validators, tokens and the audit log. You own it and can invite others."
      submit="Make organisation"
      isReady={isReady}
      act={make}
      onSubmit={() => void make.run(undefined)}
      showsError={false}
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
    </FormSheet>
  );
}
