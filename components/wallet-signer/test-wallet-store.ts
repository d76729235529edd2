/**
 * Keeps the test wallet's secret in this browser: the ciphertext and the key that opens it live in IndexedDB, and that key is made
 * non-extractable, so that a copy of the stored values is of no use elsewhere. For a localnet's coins this is enough; it is no vault.
 */
const DATABASE = "omniphi-test-wallet";
const STORE = "secrets";
const KEY_ID = "key";
const SECRET_ID = "mnemonic";

type Sealed = { readonly iv: Uint8Array<ArrayBuffer>; readonly ciphertext: ArrayBuffer };

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB is not available"));
  });
}

/** Does both within one transaction, which is kept whole or not at all; answers once it is. */
async function inStore<A, B>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => readonly [IDBRequest<A>, IDBRequest<B>],
): Promise<readonly [A, B]> {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const [one, other] = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve([one.result, other.result]);
      transaction.onabort = () => reject(transaction.error ?? new Error("IndexedDB refused"));
    });
  } finally {
    database.close();
  }
}

/** The kept mnemonic; null when this browser has none. */
export async function readTestMnemonic(): Promise<string | null> {
  const [key, sealed] = await inStore(
    "readonly",
    (store): readonly [IDBRequest<CryptoKey | undefined>, IDBRequest<Sealed | undefined>] => [
      store.get(KEY_ID),
      store.get(SECRET_ID),
    ],
  );
  if (!key || !sealed) return null;
  const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, key, sealed.ciphertext);
  return new TextDecoder().decode(opened);
}

/** Seals and keeps the mnemonic, in the place of any other: a tab that closes meanwhile leaves the one before. */
export async function writeTestMnemonic(mnemonic: string): Promise<void> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const ciphertext = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(mnemonic));
  const sealed: Sealed = { iv, ciphertext };
  await inStore("readwrite", (store) => [store.put(key, KEY_ID), store.put(sealed, SECRET_ID)]);
}
