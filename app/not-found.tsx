import { Link2Off } from "lucide-react";
import Link from "next/link";
import { MessageScreen } from "#components/layout/message-screen.tsx";
import { readActor } from "#lib/auth/actor.ts";
import { buttonClasses } from "#components/ui/button-classes.ts";

/** An address that leads nowhere, a meeting code that cannot be one included. */
export default async function NotFound() {
  const actor = await readActor();
  return (
    <MessageScreen
      icon={<Link2Off />}
      heading="Page not found"
      name={actor.kind === "account" ? actor.name : undefined}
      actions={
        <Link href="/" className={buttonClasses("primary")}>
          Go to home page
        </Link>
      }
    >
      <p>Check the address. A meeting link ends in ten letters, like abc-defg-hij.</p>
    </MessageScreen>
  );
}
