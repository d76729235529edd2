"use client";

import { useState } from "react";
import { useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { FormSheet } from "@/components/forms/form-sheet";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { CHANNEL_NAME_MAX_CHARACTERS, SEVERITIES, type Severity } from "@/server/domains/notifications/constants";
import type { Channel } from "@/server/domains/notifications/schemas";
import { KIND_WORDS } from "./channel-words";
import { TARGET_FIELDS, targetOf } from "./target-fields";

/** A kind of channel, and why this installation cannot send to it. */
export type KindChoice = { readonly kind: Channel["kind"]; readonly unavailableBecause: string | null };

type NewChannelProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  kinds: readonly KindChoice[];
};

/** Asks for a channel: what it is, where it leads, what it hears. A webhook's secret is shown once, when it was made. */
export function NewChannel({ open, onOpenChange, kinds }: NewChannelProps) {
  const client = useTRPCClient();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<Channel["kind"]>("webhook");
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [minSeverity, setMinSeverity] = useState<Severity>("warning");
  const [secret, setSecret] = useState<string | null>(null);
  const make = useAct(async () => {
    const target = targetOf(kind, values);
    const { webhookSecret } = await client.notifications.createChannel.mutate({
      name: name.trim(),
      target,
      minSeverity,
    });
    setName("");
    setValues({});
    setSecret(webhookSecret);
    if (webhookSecret === null) onOpenChange(false);
  });
  const fields = TARGET_FIELDS[kind];
  const isReady = name.trim() !== "" && fields.every((field) => (values[field.name] ?? "").trim() !== "");
  if (secret !== null) {
    return (
      <Dialog
        open={open}
        closesByButtonOnly
        onOpenChange={() => {
          setSecret(null);
          onOpenChange(false);
        }}
        title="Signing secret"
        description="Shown this once. Your receiver checks each message's signature with it."
        footer={
          <Button
            kind="primary"
            onClick={() => {
              setSecret(null);
              onOpenChange(false);
            }}
          >
            I have kept it
          </Button>
        }
      >
        <div className="flex items-center gap-2 px-5 py-4">
          <code className="min-w-0 font-mono text-sm break-all">{secret}</code>
          <CopyButton value={secret} label="signing secret" />
        </div>
      </Dialog>
    );
  }
  return (
    <FormSheet
      open={open}
      onOpenChange={onOpenChange}
      title="New channel"
      description="It is told nothing before a test of it arrived."
      placement="side"
      submit="Make channel"
      isReady={isReady}
      act={make}
      onSubmit={() => void make.run(undefined)}
    >
      <Field label="Kind" required>
        {(control) => (
          <Select
            {...control}
            value={kind}
            onChange={(event) => setKind(kinds.find((one) => one.kind === event.target.value)?.kind ?? kind)}
          >
            {kinds.map(({ kind: offered, unavailableBecause }) => (
              <option key={offered} value={offered} disabled={unavailableBecause !== null}>
                {KIND_WORDS[offered]}
                {unavailableBecause === null ? "" : " (not in this installation)"}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Name" required hint="By which the members of this organisation tell it apart.">
        {(control) => (
          <Input
            {...control}
            value={name}
            maxLength={CHANNEL_NAME_MAX_CHARACTERS}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      {fields.map((field) => (
        <Field key={field.name} label={field.label} required hint={field.hint}>
          {(control) => (
            <Input
              {...control}
              type={field.type}
              autoComplete="off"
              spellCheck={false}
              value={values[field.name] ?? ""}
              onChange={(event) => setValues({ ...values, [field.name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <Field label="Told from" required hint="Less severe messages are not sent to it.">
        {(control) => (
          <Select
            {...control}
            value={minSeverity}
            onChange={(event) => setMinSeverity(SEVERITIES.find((one) => one === event.target.value) ?? "warning")}
          >
            {SEVERITIES.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </FormSheet>
  );
}
