// `npm run notices`: writes THIRD_PARTY_NOTICES.md for the packages of a production installation.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { noticesDocument } from "./notices/document.ts";
import { shippedPackages } from "./notices/packages.ts";
import { ROOT } from "./stack/paths.ts";

const packages = shippedPackages(ROOT);
writeFileSync(join(ROOT, "THIRD_PARTY_NOTICES.md"), noticesDocument(packages));
console.log(`THIRD_PARTY_NOTICES.md names ${packages.length} packages.`);
