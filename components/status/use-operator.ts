"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast.tsx";
import { asAppError } from "#lib/errors.ts";
import type { AccountId } from "#lib/ids.ts";
import { actAsOperator, findAccount, readAccount } from "#lib/operators/operator-feed.ts";
import type { AccountUse, OperatorAction, RoomRef } from "#lib/operators/operator-schema.ts";
import { failureText, questionText } from "./operator-questions.ts";

export type Operator = {
  /** The action that is asked about. */
  asked: OperatorAction | undefined;
  ask: (action: OperatorAction | undefined) => void;
  confirm: () => Promise<void>;
  /** The account that is shown, and the room that its link led to. */
  use: AccountUse | undefined;
  room: RoomRef | undefined;
  show: (account: AccountId) => Promise<void>;
  /** @returns what is wrong with the text; undefined when the account is shown. */
  find: (text: string) => Promise<string | undefined>;
};

/** What an operator looks at and does. @param onDone - Has the page look again. */
export function useOperator(onDone: () => Promise<void>): Operator {
  const t = useTranslations();
  const [asked, ask] = useState<OperatorAction>();
  const [use, setUse] = useState<AccountUse>();
  const [room, setRoom] = useState<RoomRef>();

  const load = async (account: AccountId, found?: RoomRef) => {
    setUse(await readAccount(account));
    setRoom(found);
  };
  const fail = (error: unknown) =>
    void toast(t("status.failed"), { description: failureText(t, asAppError(error).code) });

  return {
    asked,
    ask,
    use,
    room,
    show: (account) => load(account).catch(fail),
    async find(text) {
      try {
        const found = await findAccount(text);
        if (!found?.account) return t("status.notAnAccount");
        await load(found.account, found.room);
        return undefined;
      } catch (error) {
        return failureText(t, asAppError(error).code);
      }
    },
    async confirm() {
      if (!asked) return;
      try {
        await actAsOperator(asked);
        toast(questionText(t, asked, "done"));
      } catch (error) {
        fail(error);
      }
      await Promise.all([onDone(), use && load(use.account, room).catch(fail)]);
    },
  };
}
