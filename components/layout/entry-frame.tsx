import type { ReactNode } from "react";
import { SiteHeader } from "#components/layout/site-header.tsx";

type EntryFrameProps = {
  /** Of who is signed in; null while it is not known. */
  name: string | null | undefined;
  path: string;
  stage: ReactNode;
  /** The one thing to do. Beside the stage on wide screens, right below it on phones. */
  children: ReactNode;
  /** What may be set, below the stage. */
  below?: ReactNode;
};

/** The room before the room: me on one side, what happens next on the other. */
export function EntryFrame({ name, path, stage, children, below }: EntryFrameProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader name={name} returnTo={path} />
      <main className="mx-auto grid w-full max-w-7xl grow content-start items-start gap-x-14 gap-y-5 px-4 pb-12 sm:px-8 lg:grid-cols-[minmax(0,1.75fr)_minmax(20rem,1fr)] lg:pt-[max(0.5rem,calc(50dvh-22.5rem))]">
        <div className="min-w-0 lg:col-start-1">{stage}</div>
        <div className="flex min-w-0 flex-col gap-6 py-2 lg:col-start-2 lg:row-span-2 lg:row-start-1 lg:self-center lg:py-0">
          {children}
        </div>
        {below && <div className="min-w-0 lg:col-start-1">{below}</div>}
      </main>
    </div>
  );
}
