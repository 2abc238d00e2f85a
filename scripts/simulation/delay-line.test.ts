import { expect, test } from "vitest";
import { createDelayLine } from "./delay-line.ts";

test("all items arrive in order, none earlier than the delay", async () => {
  const sentAtMs: number[] = [];
  const arrived: { item: number; afterMs: number }[] = [];
  await new Promise<void>((resolve) => {
    const send = createDelayLine<number>(20, (item) => {
      arrived.push({ item, afterMs: performance.now() - (sentAtMs[item] ?? 0) });
      if (arrived.length === 60) resolve();
    });
    const feed = (item: number) => {
      if (item === 60) return;
      sentAtMs[item] = performance.now();
      send(item);
      // Some at the same time, some apart.
      if (item % 3 === 0) setTimeout(feed, 1, item + 1);
      else feed(item + 1);
    };
    feed(0);
  });
  expect(arrived.map(({ item }) => item)).toEqual(Array.from({ length: 60 }, (_, index) => index));
  expect(Math.min(...arrived.map(({ afterMs }) => afterMs))).toBeGreaterThanOrEqual(20);
});

test("a changed delay applies to later items, and the order is kept", async () => {
  let delayMs = 20;
  const arrived: string[] = [];
  await new Promise<void>((resolve) => {
    const send = createDelayLine<string>(
      () => delayMs,
      (item) => {
        arrived.push(item);
        if (arrived.length === 2) resolve();
      },
    );
    send("slow");
    delayMs = 0;
    send("quick");
    expect(arrived).toEqual([]);
  });
  expect(arrived).toEqual(["slow", "quick"]);
});

test("without a delay items are delivered immediately", () => {
  const arrived: string[] = [];
  createDelayLine<string>(0, (item) => arrived.push(item))("now");
  expect(arrived).toEqual(["now"]);
});
