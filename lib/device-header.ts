/** Request header with the tab's DeviceId: which of the caller's own seats is meant. It proves nothing; cookies do. */
export const DEVICE_HEADER = "x-veet-device";
