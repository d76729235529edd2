import "server-only";
import { defineSurface } from "@/server/kernel/domain";
import { crons } from "./crons";
import { monitoringDomain } from "./domain";
import * as verbs from "./index";
import { published } from "./published";

/** All that the rest of the server may ask of this domain. */
export const monitoring = defineSurface(monitoringDomain, { verbs, published, crons });
