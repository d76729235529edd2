import { existsSync } from "node:fs";
import { request } from "node:http";
import { z } from "zod";

const TIMEOUT_MS = 5_000;
const MAX_ANSWER_BYTES = 4_194_304;
const FILTERS = encodeURIComponent(JSON.stringify({ label: ["omniphi.role=node"] }));
const Containers = z.array(z.object({ Names: z.array(z.string()), State: z.string() }));

/** The nodes of ours on this machine; null where the engine is there and does not say. */
export type HostedNodes = readonly { readonly name: string; readonly state: string }[] | null;

function askEngine(socketPath: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { socketPath, path: `/containers/json?all=1&filters=${FILTERS}`, timeout: TIMEOUT_MS },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (part: string) => {
          text += part;
          if (text.length > MAX_ANSWER_BYTES) answer.destroy(new Error("the engine's answer is too long"));
        });
        answer.on("error", reject);
        answer.on("end", () =>
          answer.statusCode === 200 ? resolve(text) : reject(new Error(`the engine answered ${answer.statusCode}`)),
        );
      },
    );
    asked.on("timeout", () => asked.destroy(new Error("the engine does not answer")));
    asked.on("error", reject);
    asked.end();
  });
}

/**
 * Containers that carry our label, running or not. A machine without an engine has none; one whose engine cannot be asked may have some, and that
 * is not known.
 */
export async function readHostedNodes(socketPath: string): Promise<HostedNodes> {
  if (!existsSync(socketPath)) return [];
  try {
    return Containers.parse(JSON.parse(await askEngine(socketPath))).map(({ Names, State }) => ({
      name: (Names[0] ?? "unnamed").replace(/^\//, "").slice(0, 120),
      state: State.slice(0, 40),
    }));
  } catch {
    return null;
  }
}
