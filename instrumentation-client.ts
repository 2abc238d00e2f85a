/**
 * Gives libraries that insert styles at runtime (dialogs and menus do, to lock the page's scrolling) the nonce that the page's policy
 * allows. They read it under webpack's name.
 */
const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
Object.assign(globalThis, { __webpack_nonce__: nonce });
