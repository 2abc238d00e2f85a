/** A deployment's configuration (OpenNext's defaults: the root has no `open-next.config.ts`), without steps that tests do not need. */
export default {
  default: {},
  // The production build exists already, with OpenNext's settings (see bundle.ts).
  buildCommand: "true",
  // We do not use the image optimizer, so its native library need not be installed.
  imageOptimization: { install: false },
};
