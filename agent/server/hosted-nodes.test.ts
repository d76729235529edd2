import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readHostedNodes } from "./hosted-nodes";

let folder: string;
let engine: Server | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "engine-"));
});
afterEach(async () => {
  await new Promise<void>((resolve) => (engine ? engine.close(() => resolve()) : resolve()));
  engine = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function engineThat(answers: { status: number; body: string }) {
  const asked: string[] = [];
  const socketPath = join(folder, "docker.sock");
  engine = createServer((incoming, outgoing) => {
    asked.push(decodeURIComponent(incoming.url ?? ""));
    outgoing.writeHead(answers.status).end(answers.body);
  });
  await new Promise<void>((resolve) => engine?.listen(socketPath, resolve));
  return { socketPath, asked };
}

it("a machine without an engine has no nodes", async () => {
  expect(await readHostedNodes(join(folder, "nowhere.sock"))).toEqual([]);
});

it("counts the containers with our label, running or not", async () => {
  const body = JSON.stringify([
    { Names: ["/omniphi-validator-node_1"], State: "running" },
    { Names: ["/omniphi-validator-node_2"], State: "exited" },
  ]);
  const { socketPath, asked } = await engineThat({ status: 200, body });
  expect(await readHostedNodes(socketPath)).toEqual([
    { name: "omniphi-validator-node_1", state: "running" },
    { name: "omniphi-validator-node_2", state: "exited" },
  ]);
  expect(asked).toEqual(['/containers/json?all=1&filters={"label":["omniphi.role=node"]}']);
});

it.each([
  ["refuses", { status: 500, body: "[]" }],
  ["says what no engine says", { status: 200, body: "{}" }],
])("an engine that %s leaves it unknown", async (_, answers) => {
  const { socketPath } = await engineThat(answers);
  expect(await readHostedNodes(socketPath)).toBeNull();
});
