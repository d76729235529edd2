/** Why there is no network yet, in one sentence. */
export function networkWaitWords(localnet: { readonly state: string } | null): string {
  if (localnet === null) return "No network is registered yet.";
  if (localnet.state === "failed") return "The local chain could not be started.";
  if (localnet.state === "building") return "The local chain is being built, which takes minutes the first time.";
  return "The local chain is being started.";
}
