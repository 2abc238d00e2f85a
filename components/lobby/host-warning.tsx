import { TriangleAlert } from "lucide-react";

/** What a host must not overlook before deciding. */
export function HostWarning({ children }: { children: string }) {
  return (
    <p className="mt-0.5 flex items-center gap-1.5 text-sm font-medium text-danger-ink">
      <TriangleAlert aria-hidden="true" className="size-4 shrink-0" />
      {children}
    </p>
  );
}
