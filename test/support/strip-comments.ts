/** A string, a template or a regular expression. Each may contain the characters with which a comment starts. */
const literals = [
  /"(?:\\.|[^"\\\n])*"/,
  /'(?:\\.|[^'\\\n])*'/,
  /`(?:\\[\s\S]|[^`\\])*`/,
  /(?<=[=(,:!&|?[{;>]\s*|\breturn )\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\//,
];
const comments = [/\/\*[\s\S]*?\*\//, /(?<!:)\/\/.*/]; // in the text of a page, "//" after a colon is a part of an address

const pattern = new RegExp(
  `(${literals.map(({ source }) => source).join("|")})|${comments.map(({ source }) => source).join("|")}`,
  "g",
);

/** Removes the comments of TypeScript, so that a test finds only what the code itself says. */
export function stripComments(text: string): string {
  return text.replace(pattern, (_whole, literal: string | undefined) => literal ?? "");
}
