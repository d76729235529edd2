import {
  type AppError,
  type ErrorDetails,
  notFound,
  timedOut,
  upstreamRejected,
  upstreamUnavailable,
} from "@/server/kernel/errors";

/** The host does not answer: what runs there is unknown, not gone. */
export const runtimeUnavailable = (host: string, cause?: unknown): AppError =>
  upstreamUnavailable(
    "runtime.unavailable",
    `${host} does not answer, so its nodes' state is unknown. Start it, then try again.`,
    { cause },
  );

/** The host answered too late; whether the call took effect is unknown, and repeating it is safe. */
export const runtimeTimedOut = (operation: string): AppError =>
  timedOut("runtime.timeout", `The node host did not finish "${operation}" in time. Repeating it is safe.`, {
    details: { operation },
  });

/** The caller's signal stopped the call. */
export const runtimeAborted = (operation: string): AppError =>
  timedOut("runtime.aborted", `"${operation}" was stopped before the node host had finished. Repeating it is safe.`, {
    details: { operation },
  });

export const nodeNotFound = (nodeId: string): AppError =>
  notFound("runtime.node_not_found", "The host has no such node. Start it again to create it.", {
    details: { nodeId },
  });

export const volumeNotFound = (volumeId: string): AppError =>
  notFound("runtime.volume_not_found", "The host has no such volume. Provision the node again.", {
    details: { volumeId },
  });

const SENTENCES = {
  checksum_mismatch:
    "The file's SHA-256 is not the one that the network states, so it was removed and nothing was started. Check the network's binary and genesis.",
  file_missing: "A file that the node needs is not there. Check the network's binary and genesis.",
  disk_full: "The host's disk is full, so nothing was started. Free space there, then retry.",
  volume_not_initialised: "The volume holds no initialised node yet. Initialise it, then start.",
  volume_chain_mismatch:
    "The volume was made for another chain and is kept as it is. Use a fresh volume for this chain.",
  volume_in_use: "Another node signs with this volume's key right now. Stop that node first.",
  genesis_chain_mismatch:
    "The genesis file is of another chain than the network states. Correct the network's genesis.",
  key_missing:
    "The volume was initialised but its consensus key is not there. Restore the volume; it is never made anew.",
  private_key_exposed:
    "The consensus key's file can be read by others than its owner. Set its mode to 0600 on the host, then start.",
  sign_state_missing:
    "The volume holds a consensus key without its sign state, and starting could sign a height twice. Restore the newest sign state.",
  sign_state_invalid:
    "The volume's sign state cannot be read, and starting could sign a height twice. Restore the newest sign state.",
  sign_state_regressed:
    "The volume's sign state is older than what this key has signed, and starting could sign a height twice. Restore the newest volume.",
  config_unsupported:
    "The binary writes a configuration without a key that the product must set. Use a binary of the supported line.",
  invalid_spec: "The node's description holds a value that a host cannot take.",
  command_failed: "The node's own binary ended with an error. Its last output is in the details.",
  start_failed: "The host could not start the node. The reason is in the details and in the node's log.",
  no_free_port: "The host has no free port left for another node. Remove unused nodes, then retry.",
  refused: "The node host refused the request. Its own code is in the details.",
} as const;

/** Why a host that answers says no; the code is `runtime.<reason>`. */
export type RuntimeRefusal = keyof typeof SENTENCES;

/** An `upstream_rejected` with the reason's one sentence. */
export const runtimeRefused = (reason: RuntimeRefusal, details: ErrorDetails = {}, cause?: unknown): AppError =>
  upstreamRejected(`runtime.${reason}`, SENTENCES[reason], { details, cause });
