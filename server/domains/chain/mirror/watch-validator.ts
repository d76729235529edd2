import type { CommandCtx } from "@/server/kernel/context";
import { defineChange } from "@/server/kernel/verbs";
import { markValidatorsWatched } from "./repository";

/** Has each later change of these validators' stake noted and told; one that no look showed yet is passed over. Repeats safely. */
export const watchValidators = defineChange(
  "chain.watch-validators",
  (
    ctx: CommandCtx<string | null>,
    { networkId, operatorAddresses }: { readonly networkId: string; readonly operatorAddresses: readonly string[] },
  ) => markValidatorsWatched(ctx.tx, networkId, operatorAddresses),
  { telemetry: true },
);
