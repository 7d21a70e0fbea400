// What the programs of this folder have in common: "list" prints the names of the tools, "call TOOL JSON" prints a result.
export async function answer({ list, call, close }) {
  const [verb, tool, input] = process.argv.slice(2);
  try {
    console.log(verb === "list" ? (await list()).join("\n") : JSON.stringify(await call(tool, JSON.parse(input))));
  } catch (error) {
    console.log(`The library threw: ${error.message}`); // an error in words is an answer, too
  } finally {
    await close();
  }
  process.exit(0); // some libraries leave timers behind
}
