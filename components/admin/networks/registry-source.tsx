"use client";

import { useState } from "react";
import { useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";
import type { NetworkDraft } from "@/server/domains/chain/networks/schemas";

type RegistrySourceProps = { onRead: (draft: NetworkDraft, notes: readonly string[]) => void };

/** Takes a chain's files of the registry, by address or pasted. */
export function RegistrySource({ onRead }: RegistrySourceProps) {
  const client = useTRPCClient();
  const [chainUrl, setChainUrl] = useState("");
  const [chainJson, setChainJson] = useState("");
  const [assetListJson, setAssetListJson] = useState("");
  const read = useAct(async () => {
    const { draft, notes } = await client.chain.readRegistry.mutate({
      chainUrl: chainJson === "" ? chainUrl.trim() : null,
      chainJson: chainJson === "" ? null : chainJson,
      assetListJson: assetListJson === "" ? null : assetListJson,
    });
    onRead(draft, notes);
  });
  const isReady = chainUrl.trim() !== "" || chainJson !== "";
  return (
    <Panel title="From the chain registry">
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !read.isBusy) void read.run(undefined);
        }}
      >
        <Field label="Address of its chain.json" hint="The assetlist.json beside it is read too.">
          {(control) => (
            <Input
              {...control}
              type="url"
              value={chainUrl}
              placeholder="https://raw.githubusercontent.com/cosmos/chain-registry/master/osmosis/chain.json"
              onChange={(event) => setChainUrl(event.target.value)}
            />
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Or its chain.json, pasted">
            {(control) => (
              <Textarea
                {...control}
                value={chainJson}
                className="max-h-60 font-mono text-xs"
                spellCheck={false}
                onChange={(event) => setChainJson(event.target.value)}
              />
            )}
          </Field>
          <Field label="And its assetlist.json" hint="Says how the coin is shown.">
            {(control) => (
              <Textarea
                {...control}
                value={assetListJson}
                className="max-h-60 font-mono text-xs"
                spellCheck={false}
                onChange={(event) => setAssetListJson(event.target.value)}
              />
            )}
          </Field>
        </div>
        {read.error ? (
          <p role="alert" className="rounded-md bg-danger-wash px-3 py-2 text-sm text-danger-text">
            {read.error}
          </p>
        ) : null}
        <div>
          <Button type="submit" disabled={!isReady} busy={read.isBusy}>
            Read it
          </Button>
        </div>
      </form>
    </Panel>
  );
}
