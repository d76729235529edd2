import "server-only";
import { defineSurface } from "@/server/kernel/domain";
import { regionsDomain } from "./domain";
import * as verbs from "./index";
import { published } from "./published";
import { seedRegions } from "./seed-regions";

/** All that the rest of the server may ask of this domain. */
export const regions = defineSurface(regionsDomain, { verbs, published, seeds: [seedRegions] });
