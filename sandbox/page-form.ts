/** A form's action and fields as they are sent without any input. */
export interface PageForm {
  fields: Readonly<Record<string, string>>;
  boxes: readonly { name: string; value: string; ticked: boolean }[];
}

/** Reads the inputs of a page of the product or the simulator. Both quote attributes with double quotes only. */
export function readPageForm(html: string): PageForm {
  const inputs = [...html.matchAll(/<input\b[^>]*>/g)].map(([tag]) => ({
    type: attribute(tag, "type") ?? "text",
    name: attribute(tag, "name") ?? "",
    value: attribute(tag, "value") ?? "on",
    ticked: /\schecked\b/.test(tag),
  }));
  return {
    fields: Object.fromEntries(inputs.flatMap(({ type, name, value }) => (type === "hidden" ? [[name, value]] : []))),
    boxes: inputs.flatMap(({ type, name, value, ticked }) => (type === "checkbox" ? [{ name, value, ticked }] : [])),
  };
}

/** The page's main heading as plain text: for the error when a walk reaches an unexpected page. */
export function readHeading(html: string): string {
  const heading = /<h1[^>]*>(.*?)<\/h1>/s.exec(html)?.[1] ?? "a page without a heading";
  return decodeEntities(heading.replace(/<[^>]*>/g, "")).trim();
}

function attribute(tag: string, name: string): string | null {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? null : decodeEntities(value);
}

function decodeEntities(text: string): string {
  const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', amp: "&", "#39": "'", "#x27": "'" };
  return text.replace(/&(lt|gt|quot|amp|#39|#x27);/g, (whole, name: string) => named[name] ?? whole);
}
