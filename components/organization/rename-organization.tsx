"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { MAX_NAME_LENGTH } from "@/server/domains/identity/constants";

type RenameOrganizationProps = { name: string; open: boolean; onOpenChange: (open: boolean) => void };

/** Gives the organisation in view another name; its address stays. */
export function RenameOrganization({ name, open, onOpenChange }: RenameOrganizationProps) {
  const client = useTRPCClient();
  const router = useRouter();
  const [typed, setTyped] = useState(name);
  const rename = useAct(
    () => client.identity.updateOrganization.mutate({ name: typed.trim() }),
    () => {
      onOpenChange(false);
      // The frame around the page shows the name too, and comes from the server.
      router.refresh();
    },
  );
  const isReady = typed.trim() !== "" && typed.trim() !== name;
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        rename.forget();
        onOpenChange(next);
      }}
      title={`Rename ${name}`}
      description="Its members see the new name at once. Its address, and every link to its pages, stays."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Leave it</Button>
          <Button kind="primary" type="submit" form="rename-organization" disabled={!isReady} busy={rename.isBusy}>
            Rename organisation
          </Button>
        </>
      }
    >
      <form
        id="rename-organization"
        className="px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !rename.isBusy) void rename.run(undefined);
        }}
      >
        <Field label="Name" required error={rename.error}>
          {(control) => (
            <Input
              {...control}
              value={typed}
              maxLength={MAX_NAME_LENGTH}
              autoComplete="organization"
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
