/** A moment as protobuf writes it; cut to whole seconds, so that both encodings mean the same one. */
export const wireInstant = (at: Date): { seconds: bigint; nanos: number } => ({
  seconds: BigInt(Math.floor(at.getTime() / 1_000)),
  nanos: 0,
});

/** The same moment as amino JSON writes it. */
export const secondsOf = (at: Date): string =>
  new Date(Math.floor(at.getTime() / 1_000) * 1_000).toISOString().replace(".000Z", "Z");
