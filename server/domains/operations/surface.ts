import "server-only";
import { defineSurface } from "@/server/kernel/domain";
import { operationsDomain } from "./domain";
import * as verbs from "./index";
import { published } from "./published";

/** All that the rest of the server may ask of this domain. */
export const operations = defineSurface(operationsDomain, { verbs, published });
