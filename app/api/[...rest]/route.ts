import { nothingHere } from "#lib/http/other-methods.ts";

/** Answers every API address that has no route. */
export const { GET, POST, PUT, PATCH, DELETE } = nothingHere();
