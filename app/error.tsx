"use client";
import { TriangleAlert } from "lucide-react";
import { MessageScreen } from "#components/layout/message-screen.tsx";
import { refusalOf } from "#components/entry/refusals.ts";
import { Button } from "#components/ui/button.tsx";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

/** The last resort when a screen broke. The digest finds the error in the server's log. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  const { heading, meaning } = refusalOf("internal");
  return (
    <MessageScreen
      icon={<TriangleAlert />}
      heading={heading}
      name={null}
      code={error.digest ? `internal · ${error.digest}` : "internal"}
      actions={
        <>
          <Button tone="primary" onClick={reset}>
            Try again
          </Button>
          <Button onClick={() => location.assign("/")}>Go to home page</Button>
        </>
      }
    >
      <p>{meaning}</p>
    </MessageScreen>
  );
}
