import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What the local chain says of itself, read past the product. */
export function localnetFacts(dataDir: string): {
  chainId: string;
  rpcPort: number;
  restPort: number;
  posdPath: string;
} {
  return JSON.parse(readFileSync(join(dataDir, "localnet", "localnet.json"), "utf8"));
}
