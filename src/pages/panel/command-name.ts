/**
 * The service's name in a form that the commands of assistants accept: letters a to z, digits and single dashes. A name
 * without such letters is replaced by the host name, or by "ringbridge" if the host is an IP address or localhost.
 */
export function commandName(serviceName: string, mcpUrl: string): string {
  const host = URL.parse(mcpUrl)?.hostname ?? "";
  const isName = /[a-z]/i.test(host) && host !== "localhost" && !host.includes("[");
  return toWords(serviceName) || (isName ? toWords(host) : "") || "ringbridge";
}

function toWords(text: string): string {
  const words = text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 40);
  return /[a-z]/.test(words) ? words : "";
}
