import { expect, test } from "vitest";
import { readMediaSites, writeMediaSites } from "./media-sites.ts";

const keyOf = (apiKey: string) => ({ apiKey, apiSecret: `${apiKey}-`.padEnd(32, "s") });
const table = {
  url: "wss://{site}.rtc.example",
  apiUrl: "https://api-{site}.rtc.example",
  regions: [
    { region: "use1", sites: ["use1a", "use1b"], keys: [keyOf("first"), keyOf("second")] },
    { region: "euw1", sites: ["euw1a"], keys: [keyOf("europe")], url: "wss://eu.example", isRetiring: true },
  ],
};
const read = () => readMediaSites(JSON.stringify(table));

test("[D50] each site is found by its name, with the addresses of its region or the shared ones", () => {
  expect(read().slice(0, 3)).toEqual([
    {
      site: "use1a",
      region: "use1",
      url: "wss://use1a.rtc.example",
      apiUrl: "https://api-use1a.rtc.example",
      ...keyOf("first"),
    },
    {
      site: "use1b",
      region: "use1",
      url: "wss://use1b.rtc.example",
      apiUrl: "https://api-use1b.rtc.example",
      ...keyOf("first"),
    },
    {
      site: "euw1a",
      region: "euw1",
      url: "wss://eu.example",
      apiUrl: "https://api-euw1a.rtc.example",
      isRetiring: true,
      ...keyOf("europe"),
    },
  ]);
});

test("[D50] a region's other keys come after every key that signs", () => {
  expect(read().map(({ site, apiKey }) => `${site} ${apiKey}`)).toEqual([
    "use1a first",
    "use1b first",
    "euw1a europe",
    "use1a second",
    "use1b second",
  ]);
});

test("[D50] an entry that is written is read back unchanged", () => {
  expect(readMediaSites(writeMediaSites(read()))).toEqual(read());
});
