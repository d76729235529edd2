import type { ConsensusTimeouts } from "@/lib/node-config/node-config";
import type { CallOptions } from "./call-options";
import type { PinnedFile } from "./node-host";

/** Resolves which files a network's nodes run on; whether built here, given by path or fetched is nobody else's business. */
export type BinaryStore = {
  /** The network's binary and genesis with their SHA-256. @throws upstream_unavailable `binaries.not_ready` while it is still being built or fetched */
  resolve(
    chainId: string,
    options?: CallOptions,
  ): Promise<{
    readonly binary: PinnedFile & { readonly version: string };
    readonly genesis: PinnedFile;
    readonly persistentPeers: readonly string[];
    /** The network's own pace, where it is known; null leaves the binary's. */
    readonly consensusTimeouts: ConsensusTimeouts | null;
  }>;
};
