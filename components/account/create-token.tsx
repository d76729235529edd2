"use client";

import { useState } from "react";
import { useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { MAX_NAME_LENGTH } from "@/server/domains/identity/constants";
import type { Scope } from "@/server/kernel/scopes";

/** A scope that can be chosen, and what it lets its holder do. */
export type OfferedScope = { readonly scope: Scope; readonly words: string };

type CreateTokenProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Scopes that the person holds and a token may have. */
  offered: readonly OfferedScope[];
  onCreated: (token: string) => void;
};

const TERMS = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "366", label: "one year" },
  { value: "", label: "no end" },
] as const;

/** Asks for name, scopes and term of a new token. */
export function CreateToken({ open, onOpenChange, offered, onCreated }: CreateTokenProps) {
  const client = useTRPCClient();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly Scope[]>([]);
  const [days, setDays] = useState("90");
  const create = useAct(
    async () => {
      const made = await client.identity.createApiToken.mutate({
        name,
        scopes: [...scopes],
        expiresInDays: days === "" ? null : Number(days),
      });
      if (made.token !== null) onCreated(made.token);
    },
    () => {
      setName("");
      setScopes([]);
      onOpenChange(false);
    },
  );
  const isReady = name.trim() !== "" && scopes.length > 0;
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        create.forget();
        onOpenChange(next);
      }}
      title="New API token"
      description="For programs that use the REST API in the name of this organisation."
      placement="side"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Leave it</Button>
          <Button kind="primary" type="submit" form="create-token" disabled={!isReady} busy={create.isBusy}>
            Create token
          </Button>
        </>
      }
    >
      <form
        id="create-token"
        className="grid gap-5 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !create.isBusy) void create.run(undefined);
        }}
      >
        <Field label="Name" required hint="What uses it, so that it can be told apart when it is to be revoked.">
          {(control) => (
            <Input
              {...control}
              value={name}
              maxLength={MAX_NAME_LENGTH}
              placeholder="Deploy script"
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <fieldset className="grid gap-2">
          <legend className="mb-1 text-sm font-medium">What it may do</legend>
          {offered.map(({ scope, words }) => (
            <Checkbox
              key={scope}
              checked={scopes.includes(scope)}
              onChange={(event) =>
                setScopes(event.target.checked ? [...scopes, scope] : scopes.filter((held) => held !== scope))
              }
            >
              {words} <span className="ml-1 font-mono text-xs text-ink-faint">{scope}</span>
            </Checkbox>
          ))}
        </fieldset>
        <Field label="Ends after" required hint="A token with an end cannot be forgotten for ever.">
          {(control) => (
            <Select {...control} value={days} onChange={(event) => setDays(event.target.value)}>
              {TERMS.map((term) => (
                <option key={term.label} value={term.value}>
                  {term.label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {create.error ? (
          <p role="alert" className="rounded-md bg-danger-wash px-3 py-2 text-sm text-danger-text">
            {create.error}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
