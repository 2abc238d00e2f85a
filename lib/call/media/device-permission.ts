import type { CaptureKind } from "./capture.ts";

type Queried = Pick<PermissionStatus, "state" | "addEventListener" | "removeEventListener">;

/** @returns undefined where the browser does not say. */
async function query(kind: CaptureKind): Promise<Queried | undefined> {
  try {
    // Firefox and older Safari do not know these names and throw.
    return await globalThis.navigator?.permissions?.query({ name: kind as PermissionName });
  } catch {
    return undefined;
  }
}

/** Whether the browser is asking the participant, so that opening the device may take as long as they do. */
export async function isAsking(kind: CaptureKind): Promise<boolean> {
  return (await query(kind))?.state === "prompt";
}

/** Tells of each change of the permission, until the returned function is called. */
export function watchPermission(kind: CaptureKind, tell: (state: PermissionState) => void): () => void {
  let stop = () => {};
  let isStopped = false;
  void query(kind).then((status) => {
    if (!status || isStopped) return;
    const hear = () => tell(status.state);
    status.addEventListener("change", hear);
    stop = () => status.removeEventListener("change", hear);
  });
  return () => {
    isStopped = true;
    stop();
  };
}
