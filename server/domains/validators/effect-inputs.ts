import { z } from "zod";
import type { NodeSpec } from "@/server/ports/node-host";
import { RUNTIMES } from "./constants";

/** Facts that come from our own rows within one process, so only their presence is checked, not their shape again. */
const present = <T extends object>() => z.custom<T>((value) => typeof value === "object" && value !== null, "missing");

export const SpecFacts = present<NodeSpec>();
export const OnHost = z.strictObject({ runtime: z.enum(RUNTIMES), spec: SpecFacts });
