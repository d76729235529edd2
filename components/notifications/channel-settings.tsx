"use client";

import { useState } from "react";
import { useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { SEVERITIES } from "@/server/domains/notifications/constants";
import type { Channel } from "@/server/domains/notifications/schemas";

/** What a channel hears and when: severity, quiet hours in a time zone, pause. */
export function ChannelSettings({ channel }: { channel: Channel }) {
  const client = useTRPCClient();
  const [minSeverity, setMinSeverity] = useState(channel.minSeverity);
  const [isQuiet, setQuiet] = useState(channel.quietHours !== null);
  const [from, setFrom] = useState(channel.quietHours?.from ?? "22:00");
  const [to, setTo] = useState(channel.quietHours?.to ?? "07:00");
  const [timeZone, setTimeZone] = useState(channel.quietHours?.timeZone ?? "UTC");
  const [isPaused, setPaused] = useState(channel.isPaused);
  const save = useAct(() =>
    client.notifications.updateChannel.mutate({
      channelId: channel.id,
      minSeverity,
      isPaused,
      quietHours: isQuiet ? { from, to, timeZone } : null,
    }),
  );
  return (
    <Panel title="What it hears">
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!save.isBusy) void save.run(undefined);
        }}
      >
        <Field label="Told from" required>
          {(control) => (
            <Select
              {...control}
              value={minSeverity}
              onChange={(event) => setMinSeverity(SEVERITIES.find((one) => one === event.target.value) ?? minSeverity)}
            >
              {SEVERITIES.map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Checkbox checked={isQuiet} onChange={(event) => setQuiet(event.target.checked)}>
          Quiet hours, in which only what is critical passes
        </Checkbox>
        {isQuiet ? (
          <div className="grid gap-4 sm:grid-cols-3">
            <Field label="From" required>
              {(control) => (
                <Input {...control} type="time" value={from} onChange={(event) => setFrom(event.target.value)} />
              )}
            </Field>
            <Field label="To" required>
              {(control) => (
                <Input {...control} type="time" value={to} onChange={(event) => setTo(event.target.value)} />
              )}
            </Field>
            <Field label="Time zone" required hint="Such as Europe/Berlin.">
              {(control) => (
                <Input {...control} value={timeZone} onChange={(event) => setTimeZone(event.target.value)} />
              )}
            </Field>
          </div>
        ) : null}
        <Checkbox checked={isPaused} onChange={(event) => setPaused(event.target.checked)}>
          Paused: nothing is sent to it
        </Checkbox>
        {save.error ? (
          <p role="alert" className="rounded-md bg-danger-wash px-3 py-2 text-sm text-danger-text">
            {save.error}
          </p>
        ) : null}
        <div>
          <Button type="submit" busy={save.isBusy}>
            Save what it hears
          </Button>
        </div>
      </form>
    </Panel>
  );
}
