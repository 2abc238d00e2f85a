"use client";
import {
  CalendarX2,
  CloudOff,
  Cookie,
  DoorClosed,
  Hourglass,
  Link2Off,
  Lock,
  type LucideIcon,
  MonitorSmartphone,
  UserX,
  Users,
} from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import type { ErrorCode, ErrorFacts } from "#lib/errors.ts";
import { Button } from "#components/ui/button.tsx";
import { buttonClasses } from "#components/ui/button-classes.ts";
import { MessageScreen } from "#components/layout/message-screen.tsx";
import { isFault, refusalOf, refusalText } from "./refusals.ts";
import { useRetryCountdown } from "./use-retry-countdown.ts";

type RefusalScreenProps = {
  code: ErrorCode;
  facts: ErrorFacts;
  /** As in the header. */
  name: string | null | undefined;
  /** Path of this page, to come back to after signing in. */
  path: string;
  onAgain: () => Promise<void>;
};

const ICONS: Partial<Record<ErrorCode, LucideIcon>> = {
  room_unknown: Link2Off,
  not_found: Link2Off,
  room_expired: CalendarX2,
  room_ended: DoorClosed,
  room_locked: Lock,
  room_full: Users,
  lobby_full: Users,
  moved: MonitorSmartphone,
  removed: UserX,
  cookies_blocked: Cookie,
  rate_limited: Hourglass,
  unavailable: CloudOff,
  media_unavailable: CloudOff,
};

/** Why the door stays shut, and the way on. */
export function RefusalScreen({ code, facts, name, path, onAgain }: RefusalScreenProps) {
  const t = useTranslations();
  const refusal = refusalOf(code, facts);
  const { actions, retrySeconds } = refusal;
  const { heading, meaning } = refusalText(t, refusal);
  const [isBusy, setBusy] = useState(false);
  const again = () => {
    setBusy(true);
    void onAgain().finally(() => setBusy(false));
  };
  const secondsLeft = useRetryCountdown(retrySeconds, facts, again);
  const Icon = ICONS[code] ?? DoorClosed;
  const againLabel = secondsLeft ? t("refusals.tryAgainIn", { seconds: secondsLeft }) : t("common.tryAgain");
  return (
    <MessageScreen
      icon={<Icon />}
      heading={heading}
      code={isFault(code) ? code : undefined}
      name={name}
      path={path}
      actions={actions.map((action, index) => {
        const tone = index === 0 ? "primary" : "neutral";
        if (action === "again")
          return (
            <Button key={action} tone={tone} isBusy={isBusy} onClick={again}>
              {againLabel}
            </Button>
          );
        const href = action === "home" ? "/" : `/sign-in?callbackUrl=${encodeURIComponent(path)}`;
        return (
          <Link key={action} href={href} className={buttonClasses(tone)}>
            {t(action === "home" ? "common.goHome" : "refusals.signIn")}
          </Link>
        );
      })}
    >
      <p>{meaning}</p>
    </MessageScreen>
  );
}
