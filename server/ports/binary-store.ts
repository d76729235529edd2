import type { CallOptions } from "./call-options";
import type { NodeHostKind, PinnedFile } from "./node-host";

/** A file of a network: where it is had from, and the only bytes that are taken for it. */
export type NetworkFile = {
  /** Either is null; with neither nothing can be had. */
  readonly url: string | null;
  /** On this machine. */
  readonly path: string | null;
  readonly sha256: string;
};

/** One build of a network's program; `os` and `arch` as Go names them. */
export type NetworkRelease = NetworkFile & {
  readonly version: string;
  readonly os: "linux" | "darwin";
  readonly arch: "amd64" | "arm64";
};

/** What a network's record says of the files that its nodes run on. */
export type NetworkFiles = {
  readonly chainId: string;
  /** Which release is in force; null for the first one that fits the host. */
  readonly currentVersion: string | null;
  readonly releases: readonly NetworkRelease[];
  readonly genesis: NetworkFile | null;
  /** `own` for a chain of this machine. */
  readonly reach: "public" | "own";
};

/** A file that is to be looked at before it is on a record: its SHA-256 may not be known yet. */
export type UnprovenFile = Omit<NetworkFile, "sha256"> & { readonly sha256: string | null };

/** Resolves which files a network's nodes run on: fetched or copied once, verified, and kept by content. */
export type BinaryStore = {
  /**
   * The release for that kind of host and the genesis, as files that are no longer changed.
   * @throws upstream_unavailable `binaries.not_configured`, `binaries.not_ready` while it is still being fetched, `binaries.unreachable`;
   * upstream_rejected `binaries.checksum_mismatch`, `binaries.address_refused`, `binaries.too_large`, `binaries.file_missing`, `binaries.disk_full`
   */
  resolve(
    files: NetworkFiles,
    runtime: NodeHostKind,
    options?: CallOptions,
  ): Promise<{ readonly binary: PinnedFile & { readonly version: string }; readonly genesis: PinnedFile }>;
  /**
   * Fetches the file and tells what it is, so that the node that needs it later finds it here. Nothing of it is run. Throws as `resolve` does;
   * `binaries.not_ready` while it is still coming, which goes on.
   */
  inspect(
    file: UnprovenFile & { readonly kind: "program" | "genesis"; readonly reach: NetworkFiles["reach"] },
    options?: CallOptions,
  ): Promise<{ readonly sha256: string; readonly sizeBytes: number; readonly genesisChainId: string | null }>;
};
