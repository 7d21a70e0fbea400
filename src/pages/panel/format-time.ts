/** "2026-11-22 19:02 UTC": the server does not know the reader's zone, so it says whose time this is. */
export function formatTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
