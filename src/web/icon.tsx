/** Line drawings on a grid of 20 by 20. The text next to an icon says the same, so screen readers skip the icon. */
const drawings = {
  ring: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 6.2a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6",
  server: "M3.5 4h13v4.800h-13zM3.5 11.200h13V16h-13zM6.5 6.400h.01M6.5 13.600h.01M10 6.400h3.500M10 13.600h3.5",
  plug: "M7 2.500v4M13 2.500v4M4.5 6.500h11V9a5.5 5.5 0 0 1-11 0zM10 14.500v3",
  chat: "M4 4h12a1.5 1.5 0 0 1 1.5 1.500v6A1.5 1.5 0 0 1 16 13h-5l-4 3.500V13H4a1.5 1.5 0 0 1-1.5-1.500v-6A1.5 1.5 0 0 1 4 4",
  clock: "M10 2.800a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.400M10 6v4.200l2.8 1.8",
  shield: "M10 2.500l6 2.300v4.700c0 3.8-2.5 6.6-6 8-3.5-1.4-6-4.2-6-8V4.800zM7.3 10l2 2 3.5-3.8",
  key: "M7 8.500a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M9.5 9.500l7-7M13.5 5.500l2.5 2.5",
  passkey:
    "M8 3a3 3 0 1 0 0 6 3 3 0 0 0 0-6M2.5 16.500c.3-3.3 2.5-5 5.5-5 1 0 1.9.2 2.7.6M15 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4M15 14v4M15 16.500h1.5",
  browser: "M3 4h14v12H3zM3 7.500h14M5.5 5.800h.01M7.5 5.800h.01",
  person: "M10 3.500a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.400M3.5 17c.5-3.6 3-5.2 6.5-5.200s6 1.6 6.5 5.2",
  check: "M4 10.500l4 4 8-9",
  cross: "M5.5 5.500l9 9M14.5 5.500l-9 9",
  plus: "M10 4.500v11M4.5 10h11",
  info: "M10 2.800a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.400M10 9.200v4.300M10 6.400h.01",
  warning: "M10 3l7.5 13.500h-15zM10 8v4M10 14.300h.01",
  arrow: "M3.5 10h13M11.5 5l5 5-5 5",
  sliders: "M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4",
  trend: "M3 14.500l4.5-5 3 3L17 5.500M12.5 5.500H17V10",
  moon: "M16.5 12A7 7 0 0 1 8 3.500a7 7 0 1 0 8.5 8.5",
} as const;

export type IconName = keyof typeof drawings;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={drawings[name]} />
    </svg>
  );
}

/**
 * The file assets/icon.svg holds the same drawing as this component. Browser tabs and other places outside the pages
 * use the file.
 */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 64 64" aria-hidden="true">
      <rect width="64" height="64" rx="16" fill="#0c5d56" />
      <circle cx="32" cy="31" r="16.5" fill="none" stroke="#fff" stroke-width="5" />
      <path d="M24.5 27v12M32 23v13M39.5 27v12" stroke="#8fdccf" stroke-width="3" stroke-linecap="round" />
      <path d="M7 46c8-7 16-10 25-10s17 3 25 10" fill="none" stroke="#8fdccf" stroke-width="5" stroke-linecap="round" />
    </svg>
  );
}
