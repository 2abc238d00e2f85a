import type { People } from "./actors.ts";
import { camera, machineOf, microphone } from "./fake-machine.ts";
import type { FakeDevice } from "./fake-machine-types.ts";
import { startMeeting } from "./meetings.ts";
import type { Person } from "./person.ts";

export const TWO_OF_EACH = [microphone("Desk"), microphone("Headset"), camera("Front"), camera("Side")];
/** How the buttons read while others hear and see me, and while they do not. */
export const ON = { microphone: /^Turn microphone off/, camera: /^Turn camera off/ } as const;
export const OFF = { microphone: /^Turn microphone on/, camera: /^Turn camera on/ } as const;

/** Ada is inside, on a machine of these devices, and the host watches and listens. */
export async function joinWith(people: People, host: Person, devices: readonly FakeDevice[]) {
  const room = await startMeeting(host, { access: "open" });
  const ada = await people.guest("Ada", { machine: devices });
  await ada.joinNow(room);
  return { room, ada, machine: machineOf(ada.page) };
}

export async function choose({ page }: Person, kind: "microphone" | "camera", label: string): Promise<void> {
  await page.getByRole("button", { name: `Choose ${kind}` }).click();
  await page.getByRole("menuitemradio", { name: label }).click();
}
