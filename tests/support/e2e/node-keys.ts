import { execFileSync } from "node:child_process";

const run = (command: string, args: readonly string[]): string =>
  execFileSync(command, [...args], { encoding: "utf8" });
const keyOf = (printed: string): string => JSON.parse(printed).key;

/**
 * Consensus public keys (base64) as the nodes' own command prints them, asked past the product: inside the node's one container, or in each
 * home of this installation.
 */
export function keysOfNodes(
  runtime: "process" | "docker",
  nodeId: string,
  dataDir: string,
  posdPath: string,
): readonly string[] {
  if (runtime === "docker") {
    const container = run("docker", ["ps", "-q", "--filter", `name=${nodeId}`]).trim();
    const args: string[] = JSON.parse(run("docker", ["inspect", "-f", "{{json .Args}}", container]));
    const home = args[args.indexOf("--home") + 1] ?? "";
    return [keyOf(run("docker", ["exec", container, "/posd", "comet", "show-validator", "--home", home]))];
  }
  return run("find", [`${dataDir}/process-host`, "-name", "priv_validator_key.json", "-path", "*config*"])
    .trim()
    .split("\n")
    .map((path) => path.replace(/\/config\/priv_validator_key\.json$/, ""))
    .map((home) => keyOf(run(posdPath, ["comet", "show-validator", "--home", home])));
}
