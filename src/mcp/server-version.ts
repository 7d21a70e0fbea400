/** In a file of its own, so that pages can show it without loading the code of the MCP protocol. */
export const serverVersion = "0.1.0";
