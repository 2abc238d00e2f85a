import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { describe, expect, test } from "vitest";
import { LANGUAGES } from "#lib/languages.ts";
import { literalTexts } from "./support/literal-texts.ts";
import { catalogueOf } from "./support/texts.ts";

const ROOT = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const SOURCES = globSync("{app,components}/**/*.{ts,tsx}", { cwd: ROOT }).filter((path) => !path.includes(".test."));

type Tree = { [key: string]: string | Tree };
function flat(tree: Tree, above = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[above + key, value] as [string, string]] : flat(value, `${above}${key}.`),
  );
}
const textsOf = (language: string) => new Map(flat(catalogueOf(language)));
const english = textsOf("en");
const NAMESPACES = Object.keys(catalogueOf("en"));

/** The names of the values and of the marked parts of a text. */
function valuesOf(text: string): string[] {
  const found = new Set<string>();
  const visit = (elements: readonly MessageFormatElement[]) => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      found.add(element.type === TYPE.tag ? `<${element.value}>` : element.value);
      if (element.type === TYPE.tag) visit(element.children);
      if ("options" in element) for (const option of Object.values(element.options)) visit(option.value);
    }
  };
  visit(parse(text));
  return [...found].toSorted();
}

describe.each(Object.keys(LANGUAGES))("[I48] the catalogue of %s", (language) => {
  const texts = textsOf(language);
  test("has the keys of English", () => {
    expect([...texts.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  });

  test("has the values and marked parts of English in each text", () => {
    const differing = [...texts].filter(
      ([key, text]) => String(valuesOf(text)) !== String(valuesOf(english.get(key) ?? "")),
    );
    expect(differing).toEqual([]);
  });

  test("uses the plural forms that the language has", () => {
    const forms = new Set<string>(new Intl.PluralRules(language).resolvedOptions().pluralCategories);
    const wrong = [...texts].filter(([, text]) =>
      [...text.matchAll(/, plural,((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)/g)].some(([, options = ""]) =>
        [...options.matchAll(/(?:^|\s)([a-z]+) \{/g)].some(([, form = ""]) => !forms.has(form)),
      ),
    );
    expect(wrong).toEqual([]);
  });
});

test("[I48] every file in messages/ is a language of the menu", () => {
  const files = globSync("messages/*.json", { cwd: ROOT }).map((path) =>
    path.slice("messages/".length, -".json".length),
  );
  expect(files.toSorted()).toEqual(Object.keys(LANGUAGES).toSorted());
});

/** Keys in a source, as patterns: a key may have variable parts, as in `refusals.${reason}.heading`. */
function keysIn(source: string): string[] {
  const plain = [...source.matchAll(/"([a-zA-Z]+\.[\w.-]+)"/g)].map(([, key = ""]) => key);
  const built = [...source.matchAll(/`([a-zA-Z]+\.(?:[^`$\s]|\$\{[^`}]*\})+)`/g)].map(([, key = ""]) => key);
  return [...plain, ...built.map((key) => key.replaceAll(/\$\{[^}]*\}/g, "*"))].filter((key) =>
    NAMESPACES.includes(key.split(".")[0] ?? ""),
  );
}
const matcher = (pattern: string) => new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", "[\\w-]+")}$`);
/** Some files are named like keys ("home.ts"), and so are the limits of the API's routes. */
const SHOWN = SOURCES.filter((path) => !path.startsWith("app/api/") || path.includes("/calendar/"));
const used = [...new Set(SHOWN.flatMap((path) => keysIn(read(path))))].filter((key) => !/\.(ts|tsx|json)$/.test(key));

describe("[I49] the texts of the components", () => {
  test("are all in the catalogue", () => {
    const missing = used.filter((pattern) => ![...english.keys()].some((key) => matcher(pattern).test(key)));
    expect(missing).toEqual([]);
  });

  test("are all that the catalogue has", () => {
    const patterns = used.map(matcher);
    expect([...english.keys()].filter((key) => !patterns.some((pattern) => pattern.test(key)))).toEqual([]);
  });

  test.each(SOURCES)("none stands in %s", (path) => {
    expect(literalTexts(read(path), path.endsWith(".tsx"))).toEqual([]);
  });

  test.each([
    ["<p>Hello</p>", ["Hello"]],
    ['<p>{isOn ? "Turn off" : label}</p>', ["Turn off"]],
    ['<Button label="Join" />', ["Join"]],
    ["<Button label={`Mute ${name}`} />", ["Mute "]],
    ['<p className="flex p-1">{t("home.join")} · {name}</p>', []],
    ['toast("Link copied")', ["Link copied"]],
    ['const x = "Something went wrong"', ["Something went wrong"]],
    ['throw new Error("This must stand inside a provider.")', []],
  ])("in %s there is %j", (source, found) => {
    expect(
      literalTexts(`export const x = () => { ${source.startsWith("<") ? `return ${source}` : source} }`, true),
    ).toEqual(found);
  });
});

/** A file and what it imports at its start, within app and components. What loads later brings its texts along. */
function importedBy(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const text = read(path);
  const imports = [
    ...text.matchAll(/^(?:import|export)\s(?!type)[^;]*?from "([#.][^"]+)"/gm),
    // What a screen loads later needs its texts, too. The call is loaded in another way, with its own.
    ...text.matchAll(/createLater\(\(\) => import\("([#.][^"]+)"\)/g),
  ];
  for (const [, target = ""] of imports) {
    const file = target.startsWith("#") ? target.slice(1) : normalize(join(dirname(path), target));
    if (/^(app|components)\/.+\.tsx?$/.test(file)) importedBy(file, seen);
  }
  return seen;
}
const namespacesIn = (paths: Iterable<string>) =>
  new Set([...paths].flatMap((path) => keysIn(read(path))).map((key) => key.split(".")[0] ?? ""));
/** What a page gives to its screens by `textsOf([…])`. */
const given = (path: string) =>
  [...read(path).matchAll(/textsOf\(\[([^\]]*)\]\)/g)].flatMap(([, list = ""]) =>
    [...list.matchAll(/"(\w+)"/g)].map(([, name = ""]) => name),
  );
const everywhere = given("app/layout.tsx");

describe("[I51] the texts that a page sends", () => {
  test.each(globSync("app/**/page.tsx", { cwd: ROOT }))("of %s are those of its screens", (path) => {
    const screens = [...importedBy(path)].filter((file) => file.startsWith("components/"));
    const needed = [...namespacesIn(screens)].filter((name) => !everywhere.includes(name));
    expect(needed.toSorted()).toEqual(given(path).toSorted());
  });

  test("of the layout include those of the error page", () => {
    const needed = namespacesIn(importedBy("app/error.tsx"));
    expect([...needed].filter((name) => !everywhere.includes(name))).toEqual([]);
  });
});
