import { MAX_NAME_LENGTH, readName } from "#lib/rooms/display-name.ts";
import { TextField } from "#components/ui/text-field.tsx";

type NameFieldProps = {
  name: string;
  /** Whether to show what is wrong; false before the first attempt to submit. */
  isProblemShown: boolean;
  onChange: (name: string) => void;
  label?: string;
};

/** What a guest wants to be called. */
export function NameField({ name, isProblemShown, onChange, label = "Your name" }: NameFieldProps) {
  return (
    <TextField
      label={label}
      value={name}
      onChange={(event) => onChange(event.target.value)}
      error={isProblemShown ? nameProblem(name) : undefined}
      hint="Everyone in the meeting will see this name."
      autoComplete="name"
      maxLength={MAX_NAME_LENGTH * 4}
      required
    />
  );
}

/** What is wrong with a name, and undefined for a good one. */
export function nameProblem(name: string): string | undefined {
  const read = readName(name);
  if ("name" in read) return undefined;
  if (name.trim() === "") return "Enter your name so the host knows who you are.";
  return `A name ${read.problem}.`;
}
