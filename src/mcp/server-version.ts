/**
 * This constant has a file of its own, so that pages can show the version without loading the code of the MCP protocol.
 */
export const serverVersion = "0.1.0";
