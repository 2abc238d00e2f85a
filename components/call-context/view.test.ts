import { expect, test } from "vitest";
import { createView } from "./view.ts";

const question = { identity: "p_ada", isBan: true };

/** The people panel with a list unfolded, a question asked and a title being written; a message is, too. */
function inPeoplePanel() {
  const view = createView();
  view.togglePanel("people");
  view.fold("log", true);
  view.fold("log", true);
  view.change({ removing: question, titleDraft: "Plan", chatDraft: "Hel" });
  return view;
}

test("[E6] what is unfolded, asked or being written in a side panel is kept by the view, whatever else changes in it", () => {
  const view = inPeoplePanel();
  view.change({ panel: "people" });
  view.change({ layout: "spotlight", pinned: "p_ada", page: 2 });
  expect(view.getSnapshot()).toMatchObject({
    panel: "people",
    unfolded: ["log"],
    removing: question,
    titleDraft: "Plan",
    chatDraft: "Hel",
  });
  view.fold("controls", true);
  view.fold("log", false);
  expect(view.getSnapshot()).toMatchObject({ unfolded: ["controls"], removing: question });
});

test.each([
  ["closed by its button", (view: ReturnType<typeof createView>) => view.togglePanel("people")],
  ["closed", (view: ReturnType<typeof createView>) => view.change({ panel: undefined })],
  ["left for another", (view: ReturnType<typeof createView>) => view.togglePanel("chat")],
])("[E6] a panel that was %s opens fresh, but for the message that is being written", (_, leave) => {
  const view = inPeoplePanel();
  leave(view);
  view.change({ panel: "people" });
  expect(view.getSnapshot()).toMatchObject({
    panel: "people",
    unfolded: [],
    removing: undefined,
    titleDraft: undefined,
  });
  expect(view.getSnapshot().chatDraft).toBe("Hel");
});
