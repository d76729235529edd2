import type { z } from "zod";
import type { ServiceCtx } from "@/server/kernel/context";
import { assertMay, type Caller, type Tenancy, type VerbFacts } from "@/server/kernel/verbs";
import type { Runtime } from "./runtime";

/** Who acts through a door: the operators' one leads to every organisation, so it names none. */
function atDoor<Who extends Caller>(verb: Pick<VerbFacts, "audience">, audience: Tenancy, caller: Who): Who {
  return audience === "platform" && verb.audience.length > 1 ? { ...caller, organizationId: null } : caller;
}

/** Refuses who may not come in at this door, before anything of the input is read. */
export function assertMayAt(
  verb: Pick<VerbFacts, "scope" | "because" | "tenancy" | "audience">,
  audience: Tenancy,
  { actor, organizationId }: Caller,
): void {
  assertMay(verb, atDoor(verb, audience, { actor, organizationId }), audience);
}

/** Fields of the value that the schema does not know, by path: what a client would get though nobody declared it. */
function undeclared(value: unknown, known: unknown, path: string): string[] {
  if (value === null || typeof value !== "object" || known === null || typeof known !== "object") return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    Object.hasOwn(known, name)
      ? undeclared(inner, (known as Record<string, unknown>)[name], `${path}.${name}`)
      : [`${path}.${name}`],
  );
}

/** Holds an answer against its declared shape, field by field. */
export function assertAnswer(name: string, output: z.ZodType, out: unknown): void {
  const value: unknown = JSON.parse(JSON.stringify(out ?? null));
  const checked = output.safeParse(value);
  if (!checked.success) throw new Error(`${name} answered another shape than declared: ${checked.error.message}`);
  const extra = undeclared(value, checked.data, "answer");
  if (extra.length > 0) throw new Error(`${name} answered more than declared: ${extra.join(", ")}`);
}

type Called = VerbFacts<z.ZodType, z.ZodType | null> & ((ctx: never, input: never) => Promise<unknown>);

/** Calls a published verb for somebody at one of its doors; the verb parses the input. Where the runtime is strict, the answer is checked. */
export async function callVerb(
  verb: Called,
  audience: Tenancy,
  ctx: { readonly service: ServiceCtx; readonly runtime: Pick<Runtime, "settings"> },
  raw: unknown,
): Promise<unknown> {
  const call: (ctx: never, input: never) => Promise<unknown> = verb;
  const out = await (call as (service: ServiceCtx, input: unknown) => Promise<unknown>)(
    atDoor(verb, audience, ctx.service),
    raw,
  );
  if (ctx.runtime.settings.isStrict && verb.output !== null) assertAnswer(verb.verb, verb.output, out);
  return out;
}
