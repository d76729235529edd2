/**
 * Lets libraries that make a style element at run time (the scroll lock of dialogs) use the page's own nonce: they look
 * for the global `__webpack_nonce__`. The nonce is taken from the first script that carries one; on the server, or
 * under a policy without nonces, nothing happens.
 */
export function adoptStyleNonce(): void {
  if (typeof document === "undefined") return;
  const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
  if (nonce) Object.assign(globalThis, { __webpack_nonce__: nonce });
}
