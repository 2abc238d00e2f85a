import type { $brand } from "zod";

/** What ids look like: for the schemas in ids.ts, and for browsers, which check ids without a schema library. */
export const ID_FORMS = {
  roomCode: /^[a-z]{3}-[a-z]{4}-[a-z]{3}$/,
  accountId: /^a_[0-9a-z_-]{20,64}$/i,
  identity: /^p_[0-9a-z]{20}$/,
  deviceId: /^d_[0-9a-z]{20}$/,
  requestId: /^r_[0-9a-z]{20}$/,
};

/** The type that the schema of this name in ids.ts gives. */
type Id<Name extends string> = string & $brand<Name>;

export const isRoomCode = (text: string): text is Id<"RoomCode"> => ID_FORMS.roomCode.test(text);
export const isAccountId = (text: string): text is Id<"AccountId"> => ID_FORMS.accountId.test(text);
export const isIdentity = (text: string): text is Id<"Identity"> => ID_FORMS.identity.test(text);
export const isDeviceId = (text: string): text is Id<"DeviceId"> => ID_FORMS.deviceId.test(text);
export const isRequestId = (text: string): text is Id<"RequestId"> => ID_FORMS.requestId.test(text);

/** @throws TypeError for a text that is none. */
export function toIdentity(text: string): Id<"Identity"> {
  if (!isIdentity(text)) throw new TypeError("Not the identity of a seat");
  return text;
}

const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

/** @returns `length` characters of `alphabet`, drawn without bias from the platform's cryptographic generator. */
export function draw(alphabet: string, length: number): string {
  const ceiling = 256 - (256 % alphabet.length);
  let text = "";
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length * 2))) {
      if (byte < ceiling && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}

/** 20 characters of 36 are 103 bits: too many to guess. */
export const randomId = (prefix: string) => `${prefix}${draw(ALPHABET, 20)}`;

export const newDeviceId = () => randomId("d_") as Id<"DeviceId">;
export const newRequestId = () => randomId("r_") as Id<"RequestId">;
