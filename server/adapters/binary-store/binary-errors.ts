import { type AppError, type ErrorDetails, upstreamRejected, upstreamUnavailable } from "@/server/kernel/errors";

const SENTENCES = {
  checksum_mismatch:
    "The file's SHA-256 is not the one on the network's record, so nothing of it was kept or run. Correct the address or the SHA-256 of the network.",
  address_refused: "The file's address on the network's record cannot be asked. Correct it there.",
  too_large:
    "The file is larger than a network's file may be, so nothing of it was kept. Check its address on the network's record.",
  file_missing:
    "The file that the network's record names is not on this machine. Correct its path there, or put it there.",
  disk_full: "The disk of this machine is full, so the network's file could not be kept. Free space, then try again.",
} as const;

/** A file that can not be had as the record says it; repeating changes nothing before somebody does. */
export const binaryRefused = (reason: keyof typeof SENTENCES, details: ErrorDetails = {}, cause?: unknown): AppError =>
  upstreamRejected(`binaries.${reason}`, SENTENCES[reason], { details, cause });

/** The place that a file is had from does not answer, or was cut off. */
export const binaryUnreachable = (url: string, cause: unknown): AppError =>
  upstreamUnavailable("binaries.unreachable", `${url} did not give the whole file. It is asked again.`, {
    retryAfterSeconds: 10,
    cause,
  });

/** The file is still coming. */
export const binaryNotReady = (chainId: string): AppError =>
  upstreamUnavailable(
    "binaries.not_ready",
    `The program of ${chainId} is still being fetched. Try again in a moment.`,
    {
      retryAfterSeconds: 10,
    },
  );

/** The record has no file for this; an operator alone can change that. */
export const binaryNotConfigured = (chainId: string, what: string): AppError =>
  upstreamUnavailable(
    "binaries.not_configured",
    `${chainId} has no ${what} on its record, so no node can be made for it. An operator adds one under Networks, with its address and SHA-256.`,
  );
