import type { Executor } from "@/db/client";
import { nodeNotFound, setupRequestNotFound } from "../errors";
import {
  findLiveNodeOf,
  findNode,
  findPresentVolume,
  findVolumes,
  type NodeRow,
  type VolumeRow,
} from "../nodes/repository";
import { findSetup, type SetupRow } from "./repository";

/** Rows of one request as our own jobs need them; never leaves the server. */
export type SetupFacts = {
  readonly setup: SetupRow;
  readonly node: NodeRow | undefined;
  readonly volume: VolumeRow | undefined;
};

/** The request's row for our own jobs, whosever it is. @throws not_found validators.setup_request_not_found */
export async function requireAnySetup(db: Executor, setupRequestId: string): Promise<SetupRow> {
  const setup = await findSetup(db, null, setupRequestId);
  if (!setup) throw setupRequestNotFound(setupRequestId);
  return setup;
}

/** @throws not_found validators.setup_request_not_found */
export async function readSetupFacts(db: Executor, setupRequestId: string): Promise<SetupFacts> {
  const setup = await requireAnySetup(db, setupRequestId);
  const node = await findLiveNodeOf(db, setup.id);
  const [nodeVolume] = node ? await findVolumes(db, [node.volumeId]) : [];
  return { setup, node, volume: nodeVolume ?? (await findPresentVolume(db, setup.id)) };
}

/** Rows of one node as our own jobs need them. @throws not_found validators.node_not_found, validators.setup_request_not_found */
export async function readNodeFacts(db: Executor, nodeId: string): Promise<{ node: NodeRow; setup: SetupRow }> {
  const node = await findNode(db, null, nodeId);
  if (!node) throw nodeNotFound(nodeId);
  return { node, setup: await requireAnySetup(db, node.setupRequestId) };
}
