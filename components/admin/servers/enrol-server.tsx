"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { shownError, useTRPC, useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { MACHINE_TYPES } from "@/server/domains/regions/constants";
import type { RegionServer } from "@/server/domains/regions/servers/schemas";
import { RegisterServerInput } from "@/server/domains/regions/servers/schemas";
import { EnrolCommand } from "./enrol-command";

type Enrolled = { readonly server: RegionServer; readonly token: string | null; readonly tokenExpiresAt: string };

const TEXTS = [
  {
    name: "hostname",
    label: "Host name",
    hint: "As it is called in the DNS: fra1-host-07.example.org",
    required: true,
  },
  { name: "ipAddress", label: "IP address", hint: "IPv4 or IPv6, by which other nodes find it", required: true },
  { name: "internalIp", label: "Internal IP address", required: false },
  { name: "provider", label: "Provider", hint: "Who runs the machine", required: true },
] as const;
const AMOUNTS = [
  { name: "cpuCores", label: "CPU cores" },
  { name: "memoryGb", label: "Memory, GB" },
  { name: "diskGb", label: "Disk, GB" },
  { name: "maxValidators", label: "Nodes at most" },
] as const;
type Name = (typeof TEXTS)[number]["name"] | (typeof AMOUNTS)[number]["name"] | "regionCode" | "machineType";
type Answers = Readonly<Record<Name, string>>;

const FIRST: Answers = {
  regionCode: "",
  hostname: "",
  ipAddress: "",
  internalIp: "",
  provider: "",
  machineType: "large",
  cpuCores: "8",
  memoryGb: "16",
  diskGb: "500",
  maxValidators: "10",
};

const inputOf = ({ internalIp, cpuCores, memoryGb, diskGb, maxValidators, ...texts }: Answers) => ({
  ...texts,
  ...(internalIp.trim() === "" ? {} : { internalIp }),
  cpuCores: Number(cpuCores),
  memoryGb: Number(memoryGb),
  diskGb: Number(diskGb),
  maxValidators: Number(maxValidators),
});

/** Names a machine and its region, and shows the command by which its agent enrols. */
export function EnrolServer({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const formId = useId();
  const regions = useQuery(trpc.regions.listRegions.queryOptions({}, { enabled: open }));
  const [answers, setAnswers] = useState(FIRST);
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({});
  const [enrolled, setEnrolled] = useState<Enrolled>();
  const act = useAct(async (input: Parameters<typeof client.regions.registerServer.mutate>[0]) =>
    setEnrolled(await client.regions.registerServer.mutate(input)),
  );
  const change = (name: Name, value: string) => setAnswers((was) => ({ ...was, [name]: value }));
  function close(): void {
    setAnswers(FIRST);
    setWrong({});
    setEnrolled(undefined);
    act.forget();
    onOpenChange(false);
  }
  function send(): void {
    const parsed = RegisterServerInput.safeParse(inputOf(answers));
    if (!parsed.success) {
      setWrong(
        Object.fromEntries(parsed.error.issues.map(({ path, message }) => [String(path[0]), message]).reverse()),
      );
      return;
    }
    setWrong({});
    void act.run(inputOf(answers) as Parameters<typeof client.regions.registerServer.mutate>[0]);
  }
  const regionError = wrong.regionCode ?? (regions.error ? shownError(regions.error).message : undefined);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      placement="side"
      title={enrolled ? `Enrol ${enrolled.server.hostname}` : "Enrol server"}
      description={
        enrolled ? undefined : "A machine that nodes of a region will stand on. Its agent measures it and reports."
      }
      closesByButtonOnly={enrolled !== undefined}
      footer={
        enrolled ? (
          <Button kind="primary" onClick={close}>
            The command is copied
          </Button>
        ) : (
          <>
            <Button onClick={close}>Leave</Button>
            <Button kind="primary" type="submit" form={formId} busy={act.isBusy}>
              Make the token
            </Button>
          </>
        )
      }
    >
      <div className="px-5 py-4">
        {enrolled?.token ? (
          <EnrolCommand server={enrolled.server} token={enrolled.token} expiresAt={enrolled.tokenExpiresAt} />
        ) : (
          <form
            id={formId}
            noValidate
            className="grid gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              if (!act.isBusy) send();
            }}
          >
            <Field label="Region" error={regionError} required>
              {(control) => (
                <Select
                  {...control}
                  value={answers.regionCode}
                  onChange={(event) => change("regionCode", event.target.value)}
                >
                  <option value="">Choose a region</option>
                  {regions.data?.map(({ code, displayName, city }) => (
                    <option key={code} value={code}>
                      {displayName}, {city}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            {TEXTS.map((field) => (
              <Field
                key={field.name}
                label={field.label}
                hint={"hint" in field ? field.hint : undefined}
                error={wrong[field.name]}
                required={field.required}
              >
                {(control) => (
                  <Input
                    {...control}
                    autoComplete="off"
                    spellCheck={false}
                    value={answers[field.name]}
                    onChange={(event) => change(field.name, event.target.value)}
                  />
                )}
              </Field>
            ))}
            <Field label="Size" error={wrong.machineType} required>
              {(control) => (
                <Select
                  {...control}
                  value={answers.machineType}
                  onChange={(event) => change("machineType", event.target.value)}
                >
                  {MACHINE_TYPES.map((type) => (
                    <option key={type} value={type}>
                      {type}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <div className="grid grid-cols-2 gap-4">
              {AMOUNTS.map((field) => (
                <Field key={field.name} label={field.label} error={wrong[field.name]} required>
                  {(control) => (
                    <Input
                      {...control}
                      inputMode="numeric"
                      value={answers[field.name]}
                      onChange={(event) => change(field.name, event.target.value)}
                    />
                  )}
                </Field>
              ))}
            </div>
            <p role="alert" className="text-sm text-danger-text empty:hidden">
              {act.error}
            </p>
          </form>
        )}
      </div>
    </Dialog>
  );
}
