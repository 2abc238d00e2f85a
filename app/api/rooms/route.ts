import { handle, signedIn } from "#lib/http/handle.ts";
import { otherMethods } from "#lib/http/other-methods.ts";
import { MyRooms, OpenRoomBody, OpenedRoom } from "#lib/rooms/room-schema.ts";
import { listMyRooms, openRoom } from "#lib/rooms/room-service.ts";

/** Opens a room. */
export const POST = handle(
  { body: OpenRoomBody, answer: OpenedRoom, allow: signedIn, limit: "room.open", status: 201 },
  ({ facts, body, nowMs }) => openRoom(facts, body, nowMs),
);

/** The rooms the caller hosts. */
export const GET = handle({ answer: MyRooms, allow: signedIn, limit: "room.lookUp" }, ({ facts, nowMs }) =>
  listMyRooms(facts.accountId, nowMs),
);

export const { PUT, PATCH, DELETE } = otherMethods("GET", "POST");
