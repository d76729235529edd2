"use client";

import { AgeText } from "@/components/figures/age-text";
import type { LocalMachine } from "@/server/domains/validators/local/schemas";
import { WARNING_WORDS } from "./machine-words";

/** Why the person should look at their machine now; nothing where there is no reason. */
export function MachineWarnings({ machine }: { machine: LocalMachine }) {
  if (machine.warnings.length === 0) return null;
  return (
    <ul role="alert" className="grid gap-1 border-b px-4 py-3 text-sm">
      {machine.warnings.map((warning) => (
        <li
          key={warning}
          className={warning === "duplicate_signer" ? "font-medium text-danger-text" : "text-attention-text"}
        >
          {WARNING_WORDS[warning]}
          {warning === "duplicate_signer" && machine.duplicateSigner ? (
            <>
              {" "}
              The other one is {machine.duplicateSigner.with}, seen <AgeText at={machine.duplicateSigner.at} />.
            </>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
