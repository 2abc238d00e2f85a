import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import axe, { type AxeResults, type RunOptions } from "axe-core";

export const SIZES = [
  { width: 1440, height: 900 },
  { width: 768, height: 1024 },
  { width: 390, height: 844 },
] as const;

type Scheme = "light" | "dark";

/** The meeting is dark whatever the system says; where the system is light, a colour that forgot it shows. */
export const ALWAYS_DARK = ["light"] as const;

/** A folder for pictures of every screen, for people to look at; none are taken without. */
const pictures = process.env.VEET_PICTURES;

/**
 * Looks at a screen at every size, in light and in dark: nothing serious for axe, nothing wider than the window, no text cut off.
 *
 * Between light and dark only colours differ, so dark is asked about contrast alone. The page is left as wide as at first.
 *
 * @param schemes - The meeting is dark whatever the system says: one is enough there.
 */
export async function look(page: Page, name: string, schemes: readonly Scheme[] = ["light", "dark"]): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const scheme of schemes) {
      // Colours on their way from one scheme to the other have no contrast to speak of.
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      const where = `${name}, ${scheme}, ${size.width} px`;
      const isFirst = scheme === schemes[0];
      if (isFirst) expect.soft(await page.evaluate(misfits), where).toEqual([]);
      expect.soft(await complaints(page, isFirst ? EVERYTHING : CONTRAST), where).toEqual([]);
      if (pictures) await page.screenshot({ path: `${pictures}/${name}-${scheme}-${size.width}.png` });
    }
  }
  await page.setViewportSize(SIZES[0]);
}

const EVERYTHING: RunOptions = {
  runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
};
const CONTRAST: RunOptions = { runOnly: { type: "rule", values: ["color-contrast"] } };

/** What axe holds to be serious. It stays in the page: handing it over costs more than its answer. */
async function complaints(page: Page, options: RunOptions): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async (asked) => {
    const { axe: here } = window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } };
    // Without the details of what is fine, and without fetching stylesheets a second time.
    return (await here.run({ ...asked, resultTypes: ["violations"], preload: false })).violations;
  }, options);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}

/** Runs in the page, once it has settled: what is wider than the window, and which texts are cut off by what holds them. */
async function misfits(): Promise<string[]> {
  /** Lines of small text reach a little over their box; letters do not. */
  const TOLERANCE_PX = 3;
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const root = document.documentElement;
  const found = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} px wide`] : [];

  const clips = (element: Element) => {
    const { overflowX, overflowY } = getComputedStyle(element);
    return [overflowX, overflowY].some((overflow) => overflow === "hidden" || overflow === "clip");
  };
  const isShortened = (element: Element) => {
    const style = getComputedStyle(element);
    return style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
  };
  const scrolls = (element: Element) => /auto|scroll/.test(getComputedStyle(element).overflow);
  /** What is around it, up to where one may scroll to it. */
  const holders = (element: Element | null): Element[] =>
    element === null || element === root || scrolls(element) ? [] : [element, ...holders(element.parentElement)];

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const parent = text.parentElement;
    if (!parent || !text.textContent?.trim() || !parent.checkVisibility({ visibilityProperty: true })) continue;
    const around = holders(parent);
    // Text for those who listen is hidden in a box of one pixel; what ends in dots is meant to.
    if (around.some((element) => isShortened(element) || element.clientWidth === 1)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const inside = range.getBoundingClientRect();
    if (inside.width === 0) continue;
    const isCut = around.filter(clips).some((element) => {
      const box = element.getBoundingClientRect();
      return (
        inside.left < box.left - TOLERANCE_PX ||
        inside.right > box.right + TOLERANCE_PX ||
        inside.top < box.top - TOLERANCE_PX ||
        inside.bottom > box.bottom + TOLERANCE_PX
      );
    });
    const isOutside = inside.left < -TOLERANCE_PX || inside.right > root.clientWidth + TOLERANCE_PX;
    const control = parent.closest("button, a");
    const isOver = control !== null && inside.right > control.getBoundingClientRect().right + TOLERANCE_PX;
    if (isCut || isOutside || isOver) found.push(`cut off: ${text.textContent.trim().slice(0, 60)}`);
  }
  return found;
}
