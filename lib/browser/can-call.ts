/** Whether this browser has the means for calls. Extensions and policies take them away. */
export function canCall(): boolean {
  return typeof globalThis.RTCPeerConnection === "function";
}
