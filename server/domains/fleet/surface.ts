import "server-only";
import { defineSurface } from "@/server/kernel/domain";
import { fleetDomain } from "./domain";
import * as verbs from "./index";
import { published } from "./published";
import { work } from "./work";

/** All that the rest of the server may ask of this domain. */
export const fleet = defineSurface(fleetDomain, { verbs, published, work });
