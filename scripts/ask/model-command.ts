import { spawn } from "node:child_process";

export type Reply = { kind: "text"; text: string } | { kind: "failed"; reason: string };

export type AskModel = (prompt: string) => Promise<Reply>;

/**
 * A model behind a command of the person's choice, such as `claude -p` or `llm -m NAME`. The command runs in a shell,
 * reads the prompt on stdin and prints the reply. It runs anew for each turn, with the whole dialogue in the prompt, so
 * it needs no memory and no tools.
 * @param directory where the command runs: an empty one, as some commands read the files around them
 */
export function modelBehind(command: string, directory: string, timeoutSeconds: number): AskModel {
  return (prompt) =>
    new Promise((resolve) => {
      const child = spawn(command, {
        shell: true,
        cwd: directory,
        stdio: ["pipe", "pipe", "pipe"],
        timeout: timeoutSeconds * 1_000,
      });
      let text = "";
      let complaint = "";
      child.stdout.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      child.stderr.setEncoding("utf8").on("data", (part) => {
        complaint += part;
      });
      child.stdin.on("error", () => {}); // a command that ended before it read everything says why by its status
      child.stdin.end(prompt);
      child.on("close", (status) => {
        const reason = status === null ? `no reply in ${timeoutSeconds} s` : `status ${status}: ${lastLine(complaint)}`;
        resolve(status === 0 ? { kind: "text", text } : { kind: "failed", reason });
      });
    });
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1)?.slice(0, 200) ?? "";
}
