"use client";

import { useState } from "react";
import { shownError, useTRPCClient } from "@/components/data/trpc-client";
import { Button } from "@/components/ui/button";
import { CommandLine } from "@/components/ui/command-line";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";
import { WalletError } from "@/components/wallet-signer/wallet-error";
import type { WalletNetwork } from "@/components/wallet-signer/wallet-signer";
import { AGENT_PROGRAM_PATH } from "@/lib/contracts/agent/version";
import type { SetupRequestView } from "@/server/domains/validators/requests/schemas";
import { BridgeError, enrolBridge, findBridge, pairWithBridge, readBridgeKey } from "./bridge-client";
import { pastedKey } from "./pasted-key";
import { signPairing } from "./sign-pairing";

type ConnectMachineProps = { setup: SetupRequestView; network: WalletNetwork };
type Bridge =
  | { readonly state: "not_looked" | "looking" | "absent" }
  | { readonly state: "found"; readonly origin: string };

const refusalOf = (thrown: unknown): string => {
  if (thrown instanceof BridgeError) return thrown.message;
  const { message, code } = thrown instanceof WalletError ? thrown : shownError(thrown);
  return `${message} [${code}]`;
};

/** Lets the person's machine in: found by its agent's bridge, or by a pasted key and a command to run there. */
export function ConnectMachine({ setup, network }: ConnectMachineProps) {
  const client = useTRPCClient();
  const [bridge, setBridge] = useState<Bridge>({ state: "not_looked" });
  const [code, setCode] = useState("");
  const [pasted, setPasted] = useState("");
  const [command, setCommand] = useState<string>();
  const [busy, setBusy] = useState<"bridge" | "paste">();
  const [refusal, setRefusal] = useState<string>();
  const [done, setDone] = useState(false);

  async function tokenFor(consensusPubkey: string, machineId?: string): Promise<string> {
    const { pairingId, messageToSign } = await client.validators.beginMachinePairing.mutate({
      setupRequestId: setup.id,
      consensusPubkey,
      ...(machineId === undefined ? {} : { machineId }),
    });
    const signed = await signPairing(network, setup.walletAddress, messageToSign);
    const { token } = await client.validators.confirmMachinePairing.mutate({ pairingId, ...signed });
    return token ?? "";
  }

  async function attempt(which: "bridge" | "paste", act: () => Promise<void>): Promise<void> {
    setBusy(which);
    setRefusal(undefined);
    try {
      await act();
    } catch (thrown) {
      setRefusal(refusalOf(thrown));
    } finally {
      setBusy(undefined);
    }
  }

  async function look(): Promise<void> {
    setBridge({ state: "looking" });
    const origin = await findBridge();
    setBridge(origin === null ? { state: "absent" } : { state: "found", origin });
  }

  const byBridge = (origin: string) =>
    attempt("bridge", async () => {
      const { token } = await pairWithBridge(origin, code.trim());
      const { key, machineId } = await readBridgeKey(origin, token);
      await enrolBridge(origin, token, await tokenFor(key, machineId));
      setDone(true);
    });
  const byPaste = () =>
    attempt("paste", async () => {
      const read = pastedKey(pasted);
      if (read === "private") {
        setPasted("");
        throw new BridgeError(
          "That is a private key. It was not sent anywhere; paste only what `posd comet show-validator` prints.",
        );
      }
      if (read === null) throw new BridgeError("Paste what `posd comet show-validator` prints.");
      const token = await tokenFor(read.key);
      const { origin } = window.location;
      setCommand(
        `curl -fsSO ${origin}${AGENT_PROGRAM_PATH} && node omniphi-agent.mjs --url ${origin} --home ~/.posd --token ${token}`,
      );
    });

  return (
    <Panel title="Connect your machine">
      <p className="max-w-160 text-sm text-ink-muted">
        Our agent runs beside your node, proves that the node has its key, and reports here. It never reads the private
        key, and nothing connects to your machine from outside. It needs Node 20 or newer.
      </p>
      <div className="mt-4 grid gap-6 lg:grid-cols-2">
        <section aria-label="By the agent on this machine" className="grid content-start gap-3">
          <h3 className="text-sm font-semibold">The agent runs on this machine</h3>
          <CommandLine text={agentCommand()} />
          <div>
            <Button busy={bridge.state === "looking"} onClick={() => void look()}>
              Look for the agent
            </Button>
          </div>
          <p role="status" className="text-sm text-ink-muted">
            {bridge.state === "absent"
              ? "No agent answers on this machine. Start it with the command above, allow the browser to reach this machine when it asks, then look again."
              : bridge.state === "found"
                ? "The agent answers. It shows six digits where it was started."
                : ""}
          </p>
          {bridge.state === "found" ? (
            <form
              className="grid gap-3"
              onSubmit={(event) => {
                event.preventDefault();
                void byBridge(bridge.origin);
              }}
            >
              <Field label="Digits that the agent shows" required>
                {(control) => (
                  <Input
                    {...control}
                    inputMode="numeric"
                    autoComplete="off"
                    maxLength={6}
                    value={code}
                    onChange={(event) => setCode(event.target.value)}
                    className="font-mono"
                  />
                )}
              </Field>
              <div>
                <Button kind="primary" type="submit" busy={busy === "bridge"} disabled={!/^\d{6}$/.test(code.trim())}>
                  Pair and sign
                </Button>
              </div>
            </form>
          ) : null}
        </section>
        <section aria-label="By a command on another machine" className="grid content-start gap-3">
          <h3 className="text-sm font-semibold">The node runs on another machine</h3>
          <Field label="Consensus public key" hint="What `posd comet show-validator` prints there." required>
            {(control) => (
              <Textarea
                {...control}
                rows={3}
                spellCheck={false}
                value={pasted}
                onChange={(event) => setPasted(event.target.value)}
                className="font-mono text-xs"
              />
            )}
          </Field>
          <div>
            <Button busy={busy === "paste"} disabled={pasted.trim() === ""} onClick={() => void byPaste()}>
              Sign and make the command
            </Button>
          </div>
          {command ? (
            <>
              <p className="text-sm text-ink-muted">Run this there within 15 minutes. Its token is good once.</p>
              <CommandLine text={command} />
            </>
          ) : null}
        </section>
      </div>
      <p role="status" className="mt-3 text-sm text-ink-muted empty:hidden">
        {done ? "Paired. The machine proves the key as soon as its node is in sync; this page turns by itself." : null}
      </p>
      <p role="alert" className="mt-3 text-sm text-danger-text empty:hidden">
        {refusal}
      </p>
    </Panel>
  );
}

/** The page's own origin is known in the browser alone. */
const agentCommand = (): string => {
  const origin = typeof window === "undefined" ? "" : window.location.origin;
  return `curl -fsSO ${origin}${AGENT_PROGRAM_PATH} && node omniphi-agent.mjs --url ${origin} --home ~/.posd`;
};
