/** One file or directory (`path` ends in "/") of an archive; owner, group and mode as the container shall see them. */
export type TarEntry = {
  readonly path: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly bytes?: Uint8Array;
};

const BLOCK_BYTES = 512;
const NAME_BYTES = 100;
const CHUNK_BYTES = 1 << 20;

function octal(value: number, length: number): string {
  return `${value.toString(8).padStart(length - 1, "0")}\0`;
}

/** A ustar header (POSIX.1-1988); the checksum is taken with its own field as blanks. */
function header(entry: TarEntry): Buffer {
  if (Buffer.byteLength(entry.path) > NAME_BYTES) throw new Error(`The archive path ${entry.path} is too long.`);
  const block = Buffer.alloc(BLOCK_BYTES);
  block.write(entry.path, 0, NAME_BYTES, "utf8");
  block.write(octal(entry.mode, 8), 100, "latin1");
  block.write(octal(entry.uid, 8), 108, "latin1");
  block.write(octal(entry.gid, 8), 116, "latin1");
  block.write(octal(entry.bytes?.length ?? 0, 12), 124, "latin1");
  block.write(octal(0, 12), 136, "latin1");
  block.write(" ".repeat(8), 148, "latin1");
  block.write(entry.path.endsWith("/") ? "5" : "0", 156, "latin1");
  block.write("ustar\x0000", 257, "latin1");
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}

const padding = (length: number) => Buffer.alloc((BLOCK_BYTES - (length % BLOCK_BYTES)) % BLOCK_BYTES);

/** The archive in pieces of at most 1 MiB, so that a large file is never held twice. */
export function* tarChunks(entries: readonly TarEntry[]): Generator<Buffer> {
  for (const entry of entries) {
    yield header(entry);
    const bytes = entry.bytes ?? new Uint8Array();
    for (let offset = 0; offset < bytes.length; offset += CHUNK_BYTES) {
      yield Buffer.from(bytes.buffer, bytes.byteOffset + offset, Math.min(CHUNK_BYTES, bytes.length - offset));
    }
    const rest = padding(bytes.length);
    if (rest.length > 0) yield rest;
  }
  yield Buffer.alloc(BLOCK_BYTES * 2);
}

function numberAt(block: Buffer, offset: number, length: number): number {
  const text = block
    .subarray(offset, offset + length)
    .toString("latin1")
    .replace(/[\0 ]+$/, "")
    .trim();
  return text === "" ? 0 : Number.parseInt(text, 8);
}

export type TarFileHead = { readonly path: string; readonly mode: number; readonly sizeBytes: number };

/** Reads one header block; null for the zero block that ends an archive. Throws on a checksum that does not fit. */
export function parseTarHeader(block: Buffer): (TarFileHead & { readonly type: string }) | null {
  if (block.every((byte) => byte === 0)) return null;
  const sum = block.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  if (block.length !== BLOCK_BYTES || sum !== numberAt(block, 148, 8))
    throw new Error("A tar header's checksum is wrong.");
  const path = block.subarray(0, NAME_BYTES).toString("utf8").replace(/\0.*$/s, "");
  return {
    path,
    mode: numberAt(block, 100, 8) & 0o7777,
    sizeBytes: numberAt(block, 124, 12),
    type: block.subarray(156, 157).toString("latin1"),
  };
}

/** The first regular file of an archive; null when there is none. Throws when the archive is cut inside it. */
export function firstFile(archive: Buffer): (TarFileHead & { readonly bytes: Buffer }) | null {
  let offset = 0;
  while (offset + BLOCK_BYTES <= archive.length) {
    const head = parseTarHeader(archive.subarray(offset, offset + BLOCK_BYTES));
    if (head === null) return null;
    offset += BLOCK_BYTES;
    if (head.type === "0" || head.type === "\0") {
      if (offset + head.sizeBytes > archive.length) throw new Error("The archive is cut.");
      return { ...head, bytes: archive.subarray(offset, offset + head.sizeBytes) };
    }
    offset += Math.ceil(head.sizeBytes / BLOCK_BYTES) * BLOCK_BYTES;
  }
  return null;
}
