/** What is known of a waiting guest's connection to the lobby room: `closed` by the page or by us, or `lost` without a word. */
export type LobbyLink = "connected" | "closed" | "lost";
