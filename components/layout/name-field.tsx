import { useTranslations } from "next-intl";
import { MAX_NAME_LENGTH, readName } from "#lib/rooms/display-name.ts";
import type { Texts } from "#components/texts/texts.ts";
import { TextField } from "#components/ui/text-field.tsx";

type NameFieldProps = {
  name: string;
  /** Whether to show what is wrong; false before the first attempt to submit. */
  isProblemShown: boolean;
  onChange: (name: string) => void;
  label?: string;
};

/** What a guest wants to be called. */
export function NameField({ name, isProblemShown, onChange, label }: NameFieldProps) {
  const t = useTranslations();
  return (
    <TextField
      label={label ?? t("name.label")}
      value={name}
      onChange={(event) => onChange(event.target.value)}
      error={isProblemShown ? nameProblem(t, name) : undefined}
      hint={t("name.hint")}
      autoComplete="name"
      maxLength={MAX_NAME_LENGTH * 4}
      required
    />
  );
}

/** What is wrong with a name, and undefined for a good one. */
export function nameProblem(t: Texts, name: string): string | undefined {
  if (name.trim() === "") return t("name.missing");
  const read = readName(name);
  return "objection" in read ? t(`name.${read.objection}`, { most: MAX_NAME_LENGTH }) : undefined;
}
