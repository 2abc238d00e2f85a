import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A package of a production installation, as `package-lock.json` names it. */
export type ShippedPackage = {
  name: string;
  version: string;
  licence: string;
  /** The package's licence and notice files; empty if it ships none. */
  texts: string[];
  /** npm installs it on one platform only, so its text is not read. */
  isForOnePlatform: boolean;
};

type Locked = {
  version?: string;
  license?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
};
type Lock = { packages: Record<string, Locked> };

/** Development packages whose code ships: OpenNext's server is in the Lambda bundle, Tailwind's base styles are in the stylesheet. */
const COMPILED_IN = new Set(["node_modules/@opennextjs/aws", "node_modules/tailwindcss"]);
const LICENCE_FILE = /^(licen[sc]e|copying|notice)([.-].*)?$/i;

/** The packages that `npm ci --omit=dev` installs, sorted by name. */
export function shippedPackages(root: string): ShippedPackage[] {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as Lock;
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== "" && (!dev || COMPILED_IN.has(path)))
    .map(([path, locked]) => describe(root, path, locked))
    .toSorted((a, b) => a.name.localeCompare(b.name, "en") || a.version.localeCompare(b.version, "en"));
}

function describe(root: string, path: string, locked: Locked): ShippedPackage {
  const directory = join(root, path);
  const isForOnePlatform = Boolean(locked.os ?? locked.cpu) || (locked.optional === true && !existsSync(directory));
  return {
    name: path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
    version: locked.version ?? "",
    licence: locked.license ?? "none declared",
    texts: isForOnePlatform ? [] : licenceTexts(directory),
    isForOnePlatform,
  };
}

function licenceTexts(directory: string): string[] {
  const files = readdirSync(directory, { withFileTypes: true });
  return files
    .filter((file) => file.isFile() && LICENCE_FILE.test(file.name))
    .map(({ name }) => readFileSync(join(directory, name), "utf8").replaceAll("\r\n", "\n").trim())
    .toSorted();
}
