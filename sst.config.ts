// oxlint-disable-next-line typescript/triple-slash-reference -- required by SST: this file must not have top-level imports
/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  async app(input) {
    const { appOf } = await import("./infra/app.ts");
    return appOf(input.stage);
  },
  async run() {
    const { REGIONS } = await import("./infra/regions.ts");
    const { readSettings } = await import("./infra/settings.ts");
    const { readDigests } = await import("./infra/base-images.ts");
    const { createPlatform } = await import("./infra/platform.ts");
    return createPlatform($app.stage, readSettings(process.env), REGIONS, readDigests($cli.paths.root));
  },
});
