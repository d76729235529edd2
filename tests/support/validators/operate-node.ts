import { redeployNode, startNode, stopNode, terminateNode } from "@/server/domains/validators";

/** What an operator asks of a node, by its name. */
export const OPERATE = { stop: stopNode, start: startNode, redeploy: redeployNode, terminate: terminateNode };
