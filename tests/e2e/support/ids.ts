import { randomBytes } from "node:crypto";

const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
const random = (length: number) => [...randomBytes(length)].map((byte) => ALPHABET[byte % 36]).join("");

/** Ids as the product makes them, written here afresh: stories know the product by what it says, not by its code. */
export const newDeviceId = () => `d_${random(20)}`;
export const newTicketId = () => `t_${random(20)}`;
export const newIdentity = () => `p_${random(20)}`;
export const newSignInId = () => `s_${random(20)}`;
export const newAccountId = () => `a_${random(27)}`;

/** A network address of its own for each person, so that limits counted by address do not add up over stories. */
export function newAddress(): string {
  return `10.${randomBytes(3).join(".")}`;
}

/** A well-formed code of no room. */
export function unusedCode(): string {
  const letters = [...randomBytes(10)].map((byte) => "abcdefghijkmnopqrstuvwxyz"[byte % 25]).join("");
  return `${letters.slice(0, 3)}-${letters.slice(3, 7)}-${letters.slice(7)}`;
}
