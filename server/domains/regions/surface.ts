import "server-only";
import { defineSurface } from "@/server/kernel/domain";
import { crons } from "./crons";
import { regionsDomain } from "./domain";
import * as verbs from "./index";
import { published } from "./published";
import { seedRegions } from "./seed-regions";

/** All that the rest of the server may ask of this domain. */
export const regions = defineSurface(regionsDomain, { verbs, published, crons, seeds: [seedRegions] });
