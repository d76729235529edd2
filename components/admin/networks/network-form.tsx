"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { NETWORK_KINDS, NETWORK_STATUSES } from "@/server/domains/chain/constants";
import { type NetworkCheck, type NetworkDraft, RegisterNetworkInput } from "@/server/domains/chain/networks/schemas";
import { NetworkChecks } from "./network-checks";
import { type FieldName, fromFields, type NetworkFields, toFields } from "./network-fields";

type NetworkFormProps = {
  draft: NetworkDraft;
  /** Of a network that is kept already: its chain id stays. */
  isKept: boolean;
};
type Shown = { readonly name: FieldName; readonly label: string; readonly hint?: string; readonly required?: true };

const IDENTITY: readonly Shown[] = [
  { name: "displayName", label: "Name", required: true },
  { name: "accountPrefix", label: "Account prefix", hint: "The other prefixes are made from it.", required: true },
  { name: "coinType", label: "Coin type", hint: "SLIP-44 number of the wallets' path.", required: true },
  { name: "baseDenom", label: "Base denom", required: true },
  { name: "displayDenom", label: "Shown as", required: true },
  {
    name: "denomExponent",
    label: "Exponent",
    hint: "Base units in one shown unit, as a power of ten.",
    required: true,
  },
  { name: "gasLow", label: "Gas price, low", required: true },
  { name: "gasAverage", label: "Gas price, average", required: true },
  { name: "gasHigh", label: "Gas price, high", required: true },
];
const LISTS: readonly Shown[] = [
  { name: "rpcUrls", label: "RPC endpoints", hint: "One a line, best first.", required: true },
  { name: "restUrls", label: "REST endpoints", hint: "One a line, best first.", required: true },
  { name: "seeds", label: "Seeds", hint: "nodeid@host:port, one a line." },
  { name: "persistentPeers", label: "Peers", hint: "nodeid@host:port, one a line." },
  {
    name: "releases",
    label: "Releases",
    hint: "version os/arch address-or-path sha256, one a line. This program will be run here.",
  },
  {
    name: "stateSyncRpcUrls",
    label: "State sync servers",
    hint: "RPC addresses, one a line; none, and a node replays from genesis.",
  },
];
const FILES: readonly Shown[] = [
  { name: "currentBinaryVersion", label: "Release in force", hint: "Empty for the first that fits a host." },
  { name: "genesis", label: "Genesis", hint: "An address, or a path on this machine." },
  { name: "genesisSha256", label: "SHA-256 of the genesis" },
  { name: "explorerUrl", label: "Explorer" },
  { name: "faucetUrl", label: "Faucet" },
];

/** A network's record: it is typed, held against the chain itself, and kept once nothing speaks against it. */
export function NetworkForm({ draft: given, isKept }: NetworkFormProps) {
  const client = useTRPCClient();
  const router = useRouter();
  const [fields, setFields] = useState(() => toFields(given));
  const [messages, setMessages] = useState<Partial<Record<FieldName, string>>>({});
  /** What the chain said of the record as it stands; none once a field was changed. */
  const [said, setSaid] = useState<{ readonly checks: readonly NetworkCheck[]; readonly canBeKept: boolean }>();

  const change = (patch: Partial<NetworkFields>) => {
    setFields((was) => ({ ...was, ...patch }));
    setMessages({});
    setSaid(undefined);
  };
  const typed = (): NetworkDraft | null => {
    const { draft, messages: found } = fromFields(fields, given);
    setMessages(found ?? {});
    return draft;
  };
  const check = useAct(async (draft: NetworkDraft) => setSaid(await client.chain.checkNetwork.mutate(draft)));
  const save = useAct(async (draft: NetworkDraft) => {
    const { id } = await client.chain.registerNetwork.mutate(RegisterNetworkInput.parse(draft));
    router.push(`/admin/networks/${id}`);
    router.refresh();
  });

  const draft = fromFields(fields, given).draft;
  const isProven = draft !== null && RegisterNetworkInput.safeParse(draft).success;
  const mayBeKept = isProven && (fields.status !== "active" || said?.canBeKept === true);

  const takeOver = ({ id, subject, found }: NetworkCheck) => {
    if (found === null) return;
    const kept = said;
    if (id === "genesis") change({ genesisSha256: found });
    else {
      const line = (text: string) => (text.trim().startsWith(`${subject} `) ? `${text.trim()} ${found}` : text);
      change({ releases: fields.releases.split("\n").map(line).join("\n") });
    }
    // The other answers were of the same record.
    const proven = (one: NetworkCheck): NetworkCheck =>
      one.id === id && one.subject === subject
        ? { ...one, state: "ok", sentence: "The SHA-256 that was found is on the record now." }
        : one;
    if (kept) setSaid({ ...kept, checks: kept.checks.map(proven) });
  };

  const text = ({ name, label, hint, required }: Shown, isLong: boolean) => (
    <Field key={name} label={label} hint={hint} required={required ?? false} error={messages[name]}>
      {(control) => {
        const shared = {
          ...control,
          name,
          value: String(fields[name]),
          spellCheck: false,
          onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
        };
        return isLong ? <Textarea {...shared} className="font-mono text-xs" /> : <Input {...shared} />;
      }}
    </Field>
  );

  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const record = typed();
        if (record && mayBeKept && !save.isBusy) void save.run(record);
      }}
    >
      <Panel title="What it is">
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label="Chain id" required error={messages.chainId}>
            {(control) => (
              <Input
                {...control}
                name="chainId"
                value={fields.chainId}
                disabled={isKept}
                onChange={(event) => change({ chainId: event.target.value })}
              />
            )}
          </Field>
          <Field label="Kind" required>
            {(control) => (
              <Select
                {...control}
                value={fields.kind}
                onChange={(event) =>
                  change({ kind: NETWORK_KINDS.find((kind) => kind === event.target.value) ?? fields.kind })
                }
              >
                {NETWORK_KINDS.map((kind) => (
                  <option key={kind}>{kind}</option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Status" required>
            {(control) => (
              <Select
                {...control}
                value={fields.status}
                onChange={(event) =>
                  change({ status: NETWORK_STATUSES.find((one) => one === event.target.value) ?? fields.status })
                }
              >
                {NETWORK_STATUSES.map((status) => (
                  <option key={status}>{status}</option>
                ))}
              </Select>
            )}
          </Field>
          {IDENTITY.map((field) => text(field, false))}
        </div>
        <Checkbox
          className="mt-4"
          checked={fields.isDefault}
          onChange={(event) => change({ isDefault: event.target.checked })}
        >
          Offered first to newcomers, in place of the one that is now
        </Checkbox>
      </Panel>
      <Panel title="Where it is found, and what its nodes run on">
        <div className="grid gap-4 lg:grid-cols-2">{LISTS.map((field) => text(field, true))}</div>
        <div className="mt-4 grid gap-4 sm:grid-cols-2">{FILES.map((field) => text(field, false))}</div>
      </Panel>
      {said ? <NetworkChecks checks={said.checks} onTakeOver={takeOver} /> : null}
      {[check.error, save.error].map((error) =>
        error ? (
          <p key={error} role="alert" className="rounded-md bg-danger-wash px-3 py-2 text-sm text-danger-text">
            {error}
          </p>
        ) : null,
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          busy={check.isBusy}
          onClick={() => {
            const record = typed();
            if (record) void check.run(record);
          }}
        >
          Check against the chain
        </Button>
        <Button kind="primary" type="submit" disabled={!mayBeKept} busy={save.isBusy}>
          Save network
        </Button>
        <p className="text-sm text-ink-muted">
          {!mayBeKept ? nextOf(said !== undefined, isProven) : "Nothing speaks against the record."}
        </p>
      </div>
    </form>
  );
}

/** What is left to be done before the record can be kept. */
function nextOf(wasChecked: boolean, isProven: boolean): string {
  if (!wasChecked) return "An active network is checked before it is saved.";
  return isProven
    ? "Correct what does not agree, then check again."
    : "Give every file its SHA-256, or take over the one that was found.";
}
