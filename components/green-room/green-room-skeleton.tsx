import { Skeleton } from "#components/ui/skeleton.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import { EntryFrame } from "#components/layout/entry-frame.tsx";

type GreenRoomSkeletonProps = { path: string; label: string };

/** Holds the places of stage and form while we look the meeting up, so that nothing jumps. */
export function GreenRoomSkeleton({ path, label }: GreenRoomSkeletonProps) {
  return (
    <EntryFrame
      name={null}
      path={path}
      stage={<div className="aspect-[4/3] w-full rounded-surface bg-stage sm:aspect-video" />}
      below={
        <div className="grid gap-3 pb-13 sm:grid-cols-3">
          {[0, 1, 2].map((field) => (
            <Skeleton key={field} className="h-11" />
          ))}
        </div>
      }
    >
      <div className="grid min-h-64 place-items-center">
        <Spinner label={label} />
      </div>
    </EntryFrame>
  );
}
