import "server-only";
import { defineSurface } from "@/server/kernel/domain";
import { crons } from "./crons";
import { notificationsDomain } from "./domain";
import { health } from "./health-rows";
import * as verbs from "./index";
import { published } from "./published";
import { work } from "./work";

/** All that the rest of the server may ask of this domain. */
export const notifications = defineSurface(notificationsDomain, { verbs, published, work, crons, health });
