/** Why a wallet did not do what was asked; the interface switches on these, never on a wallet's own text. */
export const WALLET_REFUSALS = [
  "not_installed",
  "locked",
  "rejected",
  "wrong_network",
  "other_account",
  "changed",
  "unsupported",
  "failed",
] as const;
export type WalletRefusal = (typeof WALLET_REFUSALS)[number];

const SENTENCES: Record<WalletRefusal, string> = {
  not_installed: "This wallet is not installed in this browser. Install it, reload the page, then connect again.",
  locked: "The wallet is locked. Unlock it, then try again.",
  rejected: "You declined in the wallet. Nothing was signed. Try again when you are ready.",
  wrong_network: "The wallet does not have this network. Allow it to be added, then try again.",
  other_account:
    "The wallet now shows another account. Switch back to the one this page belongs to, or sign in with the new one.",
  changed: "The wallet changed what was to be signed, so nothing was sent. Sign again and leave it as it is there.",
  unsupported: "This wallet cannot sign this kind of request. Use another wallet or account.",
  failed: "The wallet answered in a way that is not understood. Reload the page and try again.",
};

export class WalletError extends Error {
  readonly reason: WalletRefusal;
  readonly code: string;

  constructor(reason: WalletRefusal, cause?: unknown, sentence: string = SENTENCES[reason]) {
    super(sentence, cause === undefined ? undefined : { cause });
    this.name = "WalletError";
    this.reason = reason;
    this.code = `wallet.${reason}`;
  }
}

/** The wallet signed something else than what was shown; `fields` are what differs. */
export const walletChanged = (fields: readonly string[]): WalletError =>
  new WalletError("changed", undefined, `${SENTENCES.changed} Changed: ${fields.join(", ")}.`);

/** Codes by which injected wallets say no: EIP-1193 4001 (rejected), 4100 (locked or not allowed), 4902 (unknown chain). */
const REASON_BY_CODE: Readonly<Record<number, WalletRefusal>> = {
  4001: "rejected",
  4100: "locked",
  4902: "wrong_network",
};

/**
 * Sorts what an injected wallet threw. Most of the Keplr family throw plain errors with nothing but English text, so the words that their
 * sources use are matched as a last resort (Keplr `Request rejected`, `The wallet is locked`, `There is no chain info`).
 */
export function toWalletError(thrown: unknown): WalletError {
  if (thrown instanceof WalletError) return thrown;
  const code = typeof thrown === "object" && thrown !== null && "code" in thrown ? Number(thrown.code) : Number.NaN;
  const known = REASON_BY_CODE[code];
  if (known) return new WalletError(known, thrown);
  const text = (thrown instanceof Error ? thrown.message : String(thrown)).toLowerCase();
  if (/reject|denied|declin|cancel/.test(text)) return new WalletError("rejected", thrown);
  if (/lock|unlock/.test(text)) return new WalletError("locked", thrown);
  if (/no chain info|unknown chain|not (been )?added|no modular chain/.test(text))
    return new WalletError("wrong_network", thrown);
  if (/not support|unsupported|ledger/.test(text)) return new WalletError("unsupported", thrown);
  return new WalletError("failed", thrown);
}
