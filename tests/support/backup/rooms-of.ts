// Opens rooms for users of a sign-in provider and lists all rooms of each, with the product's own services and the given environment:
//   rooms-of.ts '{"<provider's id of the user>":["<title of a room to open>"]}'
import { accountIdOf } from "#lib/auth/account.ts";
import { listMyRooms, openRoom } from "#lib/rooms/room-service.ts";

const wanted = JSON.parse(process.argv[2] ?? "{}") as Record<string, string[]>;
const found: Record<string, object[]> = {};
for (const [subject, titles] of Object.entries(wanted)) {
  const accountId = accountIdOf("google", subject);
  for (const title of titles) await openRoom({ accountId, name: subject }, { title }, Date.now());
  const { rooms } = await listMyRooms(accountId, Date.now());
  found[subject] = rooms.map(({ code, title, access, expiresAtMs }) => ({ code, title, access, expiresAtMs }));
}
process.stdout.write(JSON.stringify(found));
