/** State of a waiting guest's lobby connection: `closed` by the page or by us, `lost` without a close. */
export type LobbyLink = "connected" | "closed" | "lost";
