import type { BlockCell } from "@/components/figures/block-grid-layout";
import type { LogLine } from "@/components/log/log-lines";

/** Gallery material: shaped like the product's data, made up here and nowhere else. Times are rounded to the minute, so that server and browser make the same. */
export const ago = (seconds: number) =>
  new Date(Math.floor(Date.now() / 60_000) * 60_000 - seconds * 1_000).toISOString();

export function sampleBlocks(count: number, newest: number): BlockCell[] {
  return Array.from({ length: count }, (_, index) => {
    const heightBlocks = newest - count + 1 + index;
    const roll = Math.imul(heightBlocks, 2_654_435_761) >>> 0;
    const state =
      heightBlocks < newest - count * 0.93
        ? "absent"
        : roll % 71 === 0
          ? "missed"
          : index > count * 0.6 && index < count * 0.63
            ? "unknown"
            : "signed";
    return { heightBlocks, state, at: ago(newest - heightBlocks) };
  });
}

const TEXTS = [
  ["info", "received proposal module=consensus proposal=Proposal{12345/0 (4F2A9C…:1:8B0E1D…, -1)}"],
  ["info", "finalizing commit of block module=consensus height=12345 hash=4F2A9C1B num_txs=0 root=8D1E"],
  ["debug", 'dial failed addr=10.0.0.4:26656 err="i/o timeout" module=p2p'],
  ["warn", "Timed out dur=1000 height=12346 module=consensus round=0 step=3"],
  ["info", "committed state app_hash=9A77D0 height=12345 module=state num_txs=0"],
  ["error", 'Error on broadcastTxCommit err="tx already exists in cache" module=rpc'],
] as const;

export function sampleLog(count: number): LogLine[] {
  return Array.from({ length: count }, (_, index) => {
    const [level, text] = TEXTS[(index * 7) % TEXTS.length] ?? TEXTS[0];
    return { id: index + 1, at: ago(count - index), level, text, source: index < 40 ? "init" : "posd" };
  });
}

export const SIGNER = "omni1qyfkm2y3hx0f0r9x8c7v6b5n4m3l2k1j0h9g8f";
export const OPERATOR = "omnivaloper1qyfkm2y3hx0f0r9x8c7v6b5n4m3l2k1j0d7s6a";
export const OMNI = { symbol: "OMNI", exponent: 6 };
