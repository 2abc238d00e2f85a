import { expect } from "@playwright/test";
import type { Person } from "./person.ts";

/** Chooses from the menu of one person in the list of people. */
export async function act(person: Person, name: string, item: string): Promise<void> {
  await person.openPeople();
  await person.page.getByRole("button", { name: `More actions for ${name}` }).click();
  await person.page.getByRole("menuitem", { name: item }).click();
}

export async function expel(person: Person, name: string, isBan = false): Promise<void> {
  await act(person, name, `Remove ${name} from the meeting`);
  const dialog = person.page.getByRole("dialog", { name: `Remove ${name} from the meeting?` });
  if (isBan) await dialog.getByLabel("Also block them from rejoining").check();
  await dialog.getByRole("button", { name: `Remove ${name}` }).click();
  await expect(dialog).toBeHidden();
}

export async function openControls(person: Person): Promise<void> {
  await person.openPeople();
  await person.page.locator("summary", { hasText: "Host controls" }).click();
}
export async function setSwitch(person: Person, name: string, isOn: boolean): Promise<void> {
  const control = person.page.getByRole("switch", { name });
  if ((await control.getAttribute("aria-checked")) !== String(isOn)) await control.click();
  await expect(control).toHaveAttribute("aria-checked", String(isOn));
}
