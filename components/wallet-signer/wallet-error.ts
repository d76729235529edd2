/** Why a wallet did not do what was asked; the interface switches on these, never on a wallet's own text. */
export const WALLET_REFUSALS = [
  "not_installed",
  "locked",
  "rejected",
  "wrong_network",
  "other_account",
  "changed",
  "unsupported",
  "device_away",
  "device_app",
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
  device_away:
    "The wallet does not reach its Ledger. Plug it in, unlock it and open its Cosmos app, then try again. Nothing was signed.",
  device_app: "The Ledger has no Cosmos app open, or an old one. Open it there, then try again. Nothing was signed.",
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

/** Codes of the provider standard (EIP-1193, EIP-3085), which Cosmostation and Leap use too: 4001 declined, 4100 not allowed, 4200 no such method. */
const REASON_BY_CODE: Readonly<Record<number, WalletRefusal>> = {
  4001: "rejected",
  4100: "locked",
  4200: "unsupported",
  4902: "wrong_network",
};

/** Keplr's own errors name their module beside a small code (keplr-wallet, extension/src/pages/sign/utils/ledger-types.ts; background keyring 141). */
const REASON_BY_MODULE: Readonly<Record<string, Readonly<Record<number, WalletRefusal>>>> = {
  "ledger-sign": {
    1: "device_away",
    2: "device_app",
    3: "locked",
    4: "device_away",
    5: "other_account",
    6: "device_away",
    7: "rejected",
  },
  keyring: { 141: "locked" },
};

/** What a Ledger answers an instruction with (ISO 7816 status words of its system and of the Cosmos app). */
const REASON_BY_STATUS_WORD: ReadonlyMap<number, WalletRefusal> = new Map([
  [0x5515, "locked"],
  [0x6804, "locked"],
  [0x6b0c, "locked"],
  [0x6985, "rejected"],
  [0x6986, "rejected"],
  [0x6984, "unsupported"],
  [0x6511, "device_app"],
  [0x6807, "device_app"],
  [0x6d00, "device_app"],
  [0x6e00, "device_app"],
  [0x6e01, "device_app"],
]);

/** Names of the errors that Ledger's own libraries throw (@ledgerhq/errors). */
const REASON_BY_NAME: Readonly<Record<string, WalletRefusal>> = {
  DisconnectedDevice: "device_away",
  DisconnectedDeviceDuringOperation: "device_away",
  TransportOpenUserCancelled: "device_away",
  TransportInterfaceNotAvailable: "device_away",
  CantOpenDevice: "device_away",
  LockedDeviceError: "locked",
  UserRefusedOnDevice: "rejected",
};

/** Whole sentences of wallets that throw plain errors; never a word within one, since "block" is not "lock" and a rejected fetch is nobody's no. */
const REASON_BY_PHRASE: readonly (readonly [RegExp, WalletRefusal])[] = [
  [/^(the )?request (was )?(rejected|denied|declined|cancell?ed)( by (the )?user)?$/, "rejected"],
  [/^(the )?user (has )?(rejected|denied|declined|cancell?ed|closed)\b/, "rejected"],
  [/^(transaction|signing|signature) (was )?(rejected|denied|declined|cancell?ed)( by (the )?user)?$/, "rejected"],
  [/^(rejected|denied|declined|cancell?ed)( by (the )?user)?$/, "rejected"],
  [
    /^(the )?(wallet|keplr|leap|cosmostation|key ?ring|key store) is (locked|not unlocked)( or not initialized)?$/,
    "locked",
  ],
  [/^(please )?unlock (the|your) wallet( first)?$/, "locked"],
  [/^there is no (modular )?chain info\b/, "wrong_network"],
  [/^(unknown|unsupported|invalid) chain( info| id)?\b/, "wrong_network"],
  [
    /^(the )?(chain|network)\b.* (is not|has not been|was not|not) (yet )?(added|found|supported|registered)$/,
    "wrong_network",
  ],
  [/^ledger (does not|doesn't) support\b/, "unsupported"],
  [/^(this )?(method|sign mode|signing mode|account|wallet)\b.* (is )?(not supported|unsupported)\b/, "unsupported"],
  [/^(not supported|unsupported) (method|sign mode|signing mode|account|wallet)\b/, "unsupported"],
  [
    /\b(no device selected|device (was )?(disconnected|not (found|connected))|unable to (claim|open) (the )?(interface|device))\b/,
    "device_away",
  ],
  [/^failed to (init|connect)\b.*\bledger\b/, "device_away"],
];

type Told = {
  readonly code: number;
  readonly module: string;
  readonly name: string;
  readonly statusWord: number;
  readonly text: string;
};

/** What a thrown thing says of itself, of whatever make it is. */
function told(thrown: unknown): Told {
  const is = (typeof thrown === "object" && thrown !== null ? thrown : {}) as Readonly<Record<string, unknown>>;
  const text = String(typeof thrown === "string" ? thrown : (is.message ?? "")).trim();
  const inText = /\b0x([0-9a-f]{4})\b/i.exec(text)?.[1];
  return {
    code: Number(is.code ?? Number.NaN),
    module: String(is.module ?? ""),
    name: String(is.name ?? ""),
    statusWord: Number(is.statusCode ?? (inText === undefined ? Number.NaN : Number.parseInt(inText, 16))),
    text: text
      .toLowerCase()
      .replace(/^(error|uncaught error): /, "")
      .replace(/[.!]+$/, ""),
  };
}

/** Sorts what an injected wallet threw: by code where it has one, by a whole sentence of its make otherwise; the rest is not understood. */
export function toWalletError(thrown: unknown): WalletError {
  if (thrown instanceof WalletError) return thrown;
  const { code, module, name, statusWord, text } = told(thrown);
  const ofModule = Object.hasOwn(REASON_BY_MODULE, module) ? REASON_BY_MODULE[module]?.[code] : undefined;
  const reason =
    ofModule ??
    REASON_BY_CODE[code] ??
    REASON_BY_STATUS_WORD.get(statusWord) ??
    (Object.hasOwn(REASON_BY_NAME, name) ? REASON_BY_NAME[name] : undefined) ??
    REASON_BY_PHRASE.find(([phrase]) => phrase.test(text))?.[1] ??
    "failed";
  return new WalletError(reason, thrown);
}
