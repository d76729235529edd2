"use client";

import { useState } from "react";
import { PageHeader } from "@/components/layout/page-header";
import type { NetworkDraft } from "@/server/domains/chain/networks/schemas";
import { NetworkForm } from "./network-form";
import { RegistrySource } from "./registry-source";

/** A new network, from the registry's files to a record that the chain agrees with. */
export function AddNetwork() {
  const [read, setRead] = useState<{ readonly draft: NetworkDraft; readonly notes: readonly string[]; at: number }>();
  return (
    <div className="max-w-320">
      <PageHeader
        title="Add network"
        trail={[{ href: "/admin/networks", label: "Networks" }]}
        facts="Read it from the chain registry, hold it against the chain, then save it."
      />
      <div className="grid gap-4">
        <RegistrySource onRead={(draft, notes) => setRead({ draft, notes, at: Date.now() })} />
        {read ? (
          <>
            {read.notes.length > 0 ? (
              <ul
                className="grid gap-1 rounded-md bg-attention-wash px-4 py-2.5 text-sm"
                aria-label="What the registry leaves open"
              >
                {read.notes.map((note) => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
            ) : null}
            <NetworkForm key={read.at} draft={read.draft} isKept={false} />
          </>
        ) : null}
      </div>
    </div>
  );
}
