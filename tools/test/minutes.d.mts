/** The lines that end a run, each with the name before it. */
export function describeMinutes(
  checks: readonly {
    readonly name: string;
    readonly lane: string;
    readonly elapsedMs: number;
    readonly files: readonly { readonly path: string; readonly elapsedMs: number }[];
  }[],
  run: { readonly domains: readonly string[]; readonly totalMs: number },
): readonly (readonly [name: string, text: string])[];
