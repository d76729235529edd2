"use client";

import { useState } from "react";
import { useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { DangerSheet } from "@/components/forms/danger-sheet";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import type { RegionServer } from "@/server/domains/regions/servers/schemas";
import { canDrain, canResume } from "@/server/domains/regions/states";
import { EnrolCommand } from "./enrol-command";

type Act = "drain" | "resume" | "token" | "decommission";
type Token = { readonly token: string; readonly tokenExpiresAt: string };

/** Drain, open, new token and decommission, each behind what will happen. */
export function ServerActs({ server }: { server: RegionServer }) {
  const client = useTRPCClient();
  const [open, setOpen] = useState<Act>();
  const [isGone, setGone] = useState(false);
  const [renewed, setRenewed] = useState<Token>();
  const ref = { regionCode: server.regionCode, serverId: server.id };
  const { hostname } = server;
  const act = useAct(
    async (name: Act) => {
      if (name === "drain") await client.regions.drainServer.mutate(ref);
      else if (name === "resume") await client.regions.resumeServer.mutate(ref);
      else if (name === "decommission") await client.regions.decommissionServer.mutate({ ...ref, isGone });
      else {
        const { token, tokenExpiresAt } = await client.regions.renewServerToken.mutate(ref);
        if (token !== null) setRenewed({ token, tokenExpiresAt });
      }
    },
    () => setOpen(undefined),
  );
  if (server.status === "decommissioned") {
    return <p className="max-w-80 text-sm text-ink-muted">Nothing can be done with it any more.</p>;
  }
  const sheet = (name: Act) => ({
    open: open === name,
    onOpenChange: (next: boolean) => {
      act.forget();
      setGone(false);
      setOpen(next ? name : undefined);
    },
    isBusy: act.isBusy,
    error: act.error,
    onConfirm: () => void act.run(name),
  });
  const known = server.status === "offline" ? null : server.nodes;
  const isEmpty = server.status === "provisioning" || (server.placement === "drained" && known?.length === 0);
  return (
    <>
      {canDrain(server) ? <Button onClick={() => setOpen("drain")}>Drain server</Button> : null}
      {canResume(server) ? <Button onClick={() => setOpen("resume")}>Open server</Button> : null}
      <Button onClick={() => setOpen("token")}>New token</Button>
      <Button kind="dangerQuiet" onClick={() => setOpen("decommission")}>
        Decommission server
      </Button>
      <DangerSheet
        {...sheet("drain")}
        act={`Drain ${hostname}`}
        tone="weighty"
        effects={[
          "No new node goes to it.",
          "What is on it stays and runs on; nothing is moved by itself.",
          "It is drained when its agent finds no node of ours there.",
        ]}
        duration="At once for new nodes; until the last node is gone for the rest."
        cost="Nothing. The region has its room no more while it is drained."
        wayBack="Open the server: it takes nodes again."
      />
      <DangerSheet
        {...sheet("resume")}
        act={`Open ${hostname}`}
        tone="weighty"
        effects={["New nodes may go to it again, as soon as it is well and has room."]}
        duration="At once."
        cost="Nothing."
        wayBack="Drain the server."
      />
      <DangerSheet
        {...sheet("token")}
        act={`Make a new token of ${hostname}`}
        effects={[
          "The agent that reports for it now is refused from its next report on.",
          "A token that was not used is void.",
          "The new one lets one machine in, once, within 15 minutes.",
        ]}
        duration="At once. The server is offline after five minutes without a new agent."
        cost="Nothing."
        wayBack="None for the agent that was there; enrol the machine with the new token."
      />
      <DangerSheet
        {...sheet("decommission")}
        act={`Decommission ${hostname}`}
        confirmWord={hostname}
        isReady={isEmpty || isGone}
        effects={[
          "Its agent is refused from its next report on.",
          "It leaves the region's capacity and health; its name is free for another machine.",
          "Its record and the audit log stay.",
        ]}
        duration="At once, and for good."
        cost={isEmpty ? "Nothing: it is empty." : "Whatever is still on it is no longer seen here."}
        wayBack="None. The machine can be registered as a new server."
      >
        {isEmpty ? null : (
          <div className="grid gap-2 text-sm">
            <p>
              {known === null
                ? "What is on it is not known: its agent is silent, or could not look."
                : known.length === 0
                  ? "It is empty now and still takes nodes. Drain it first, or:"
                  : `${known.length} ${known.length === 1 ? "node is" : "nodes are"} on it. Drain it and wait until it is empty, or:`}
            </p>
            <Checkbox checked={isGone} onChange={(event) => setGone(event.target.checked)}>
              The machine is gone, with all that was on it. This goes to the audit log as your word.
            </Checkbox>
          </div>
        )}
      </DangerSheet>
      <Dialog
        open={renewed !== undefined}
        onOpenChange={(next) => (next ? undefined : setRenewed(undefined))}
        placement="side"
        title={`Enrol ${hostname}`}
        closesByButtonOnly
        footer={
          <Button kind="primary" onClick={() => setRenewed(undefined)}>
            The command is copied
          </Button>
        }
      >
        <div className="px-5 py-4">
          {renewed ? <EnrolCommand server={server} token={renewed.token} expiresAt={renewed.tokenExpiresAt} /> : null}
        </div>
      </Dialog>
    </>
  );
}
