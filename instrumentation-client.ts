/**
 * Tells libraries that add styles of their own while running (the ones under dialogs and menus, for locking the page's
 * scrolling) which nonce the page's policy lets through. They look for it under webpack's name.
 */
const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
Object.assign(globalThis, { __webpack_nonce__: nonce });
