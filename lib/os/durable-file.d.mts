/** Replaces the file at once: draft, fsync, rename, fsync of the directory. Makes missing directories (0700). Mode 0600 unless told. */
export function writeDurably(path: string, text: string | Uint8Array, mode?: number): void;

/** Makes the file with its content complete, or answers false when the name is taken; of several racing calls one gets true. */
export function createDurably(path: string, text: string | Uint8Array, mode?: number): boolean;

/** The same two without fsync: whole for every reader, but not kept over a power cut. For what means nothing after one. */
export function writeAtomically(path: string, text: string | Uint8Array, mode?: number): void;
export function createAtomically(path: string, text: string | Uint8Array, mode?: number): boolean;

/** The file's JSON; undefined when there is no file or no JSON in it. Other read errors are thrown. */
export function readJson(path: string): unknown;
