const PROOFS = [
  {
    claim: "The key on the chain is your node's own.",
    how: "It is made inside the node's volume. The node prints it, the chain shows it, and the two must be equal before you are asked to sign.",
    command: "posd comet show-validator",
  },
  {
    claim: "What you sign is what you were shown.",
    how: "The sheet is read back from the bytes that go to the wallet. Their fingerprint is the first 80 bits of their SHA-256, written in base 32.",
    command: "xxd -r -p sign-bytes.hex | sha256sum",
  },
  {
    claim: "A node that comes back signs no height twice.",
    how: "The sign state stays on the volume and is compared before and after. A lower one is refused, and the node stays down.",
    command: "cat data/priv_validator_state.json",
  },
  {
    claim: "Every block is counted, and so is every one not read.",
    how: "The grid holds the chain's own commits. A block that was not read is hatched, never green.",
    command: "curl $RPC/commit?height=$HEIGHT",
  },
] as const;

/** Each claim with the command by which anybody can check it. */
export function ProofList() {
  return (
    <ul className="grid gap-px overflow-hidden rounded-md border bg-line md:grid-cols-2">
      {PROOFS.map(({ claim, how, command }) => (
        <li key={claim} className="flex flex-col gap-2 bg-panel p-6">
          <h3 className="text-lg font-semibold text-pretty">{claim}</h3>
          <p className="text-lg text-pretty text-ink-muted">{how}</p>
          <code className="mt-auto overflow-x-auto rounded-sm bg-sunken px-3 py-2 text-sm whitespace-nowrap">
            {command}
          </code>
        </li>
      ))}
    </ul>
  );
}
