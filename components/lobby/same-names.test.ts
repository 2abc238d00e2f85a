import { expect, test } from "vitest";
import { textsIn } from "../../tests/support/texts.ts";
import { distinctName, sameNames } from "./same-names.ts";

const waiting = (...names: string[]) => names.map((name, index) => ({ ticketId: `t_${index}`, name }));
const distinct = (...names: string[]) => {
  const guests = waiting(...names);
  const same = sameNames(guests);
  return guests.map(({ ticketId, name }) => distinctName(textsIn("en"), name, same.get(ticketId)));
};

test("[L29] fifty guests with one name have fifty different names for a screen reader", () => {
  const names = distinct(...Array.from({ length: 50 }, () => "Alex"));
  expect(new Set(names).size).toBe(50);
  expect([names[0], names[49]]).toEqual(["Alex, 1 of 50", "Alex, 50 of 50"]);
});

test("[L29] a name that only one guest has stays as it is", () => {
  expect(distinct("Ada", "Alex", "Bo", "Alex")).toEqual(["Ada", "Alex, 1 of 2", "Bo", "Alex, 2 of 2"]);
});
