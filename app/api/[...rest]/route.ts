import { nothingHere } from "#lib/http/other-methods.ts";

/** Every address of the API that no other file answers. */
export const { GET, POST, PUT, PATCH, DELETE } = nothingHere();
