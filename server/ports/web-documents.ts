import type { CallOptions } from "./call-options";

/** Files of the public internet whose addresses people give. */
export type WebDocuments = {
  /**
   * The file's text, of at most that many bytes; addresses that lead to where we are ourselves are refused.
   * @throws upstream_unavailable `documents.unreachable`, upstream_rejected `documents.refused`
   */
  readText(url: string, maxBytes: number, options?: CallOptions): Promise<string>;
  /** The same of a file that need not be text. */
  readBytes(url: string, maxBytes: number, options?: CallOptions): Promise<Uint8Array>;
};
