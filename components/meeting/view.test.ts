import { expect, test } from "vitest";
import { createView } from "./view.ts";

const question = { identity: "p_ada", isBan: true };

/** The people panel with a list unfolded and a question asked. */
function inPeoplePanel() {
  const view = createView();
  view.togglePanel("people");
  view.fold("log", true);
  view.fold("log", true);
  view.change({ expelling: question });
  return view;
}

test("[E6] what is unfolded or asked in the people panel is kept by the view, whatever else changes in it", () => {
  const view = inPeoplePanel();
  view.change({ panel: "people" });
  view.change({ layout: "spotlight", pinned: "p_ada", page: 2 });
  expect(view.getSnapshot()).toMatchObject({ panel: "people", unfolded: ["log"], expelling: question });
  view.fold("controls", true);
  view.fold("log", false);
  expect(view.getSnapshot()).toMatchObject({ unfolded: ["controls"], expelling: question });
});

test.each([
  ["closed by its button", (view: ReturnType<typeof createView>) => view.togglePanel("people")],
  ["closed", (view: ReturnType<typeof createView>) => view.change({ panel: undefined })],
  ["left for another", (view: ReturnType<typeof createView>) => view.togglePanel("chat")],
])("[E6] a panel that was %s opens fresh", (_, leave) => {
  const view = inPeoplePanel();
  leave(view);
  view.change({ panel: "people" });
  expect(view.getSnapshot()).toMatchObject({ panel: "people", unfolded: [], expelling: undefined });
});
