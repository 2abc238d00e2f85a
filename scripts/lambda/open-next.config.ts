/** What a deployment takes (OpenNext's defaults: there is no `open-next.config.ts` in the root), but for what a test need not wait for. */
export default {
  default: {},
  // The production build is there already, with what OpenNext asks of it (see bundle.ts).
  buildCommand: "true",
  // No picture of ours goes through the optimizer, so its native library need not be installed.
  imageOptimization: { install: false },
};
