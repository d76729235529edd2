import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { upstreamUnavailable } from "@/server/kernel/errors";

/** What the local chain writes about itself into its home (`devnet/localnet.mjs`). */
const Facts = z.object({
  chainId: z.string(),
  genesisPath: z.string(),
  genesisSha256: z.string().regex(/^[0-9a-f]{64}$/),
  nodeId: z.string().regex(/^[0-9a-f]{40}$/),
  p2pHost: z.ipv4().default("127.0.0.1"),
  p2pPort: z.number().int(),
  rpcPort: z.number().int(),
  restPort: z.number().int(),
  blockTimeMs: z.number().int().positive(),
  faucetAddress: z.string(),
  posdPath: z.string(),
  posdSha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type LocalnetFacts = z.infer<typeof Facts>;

const FaucetAccount = z.object({ address: z.string(), mnemonic: z.string() });

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw upstreamUnavailable(
      "binaries.not_ready",
      "The local chain is not ready yet: its binary is still being built or it has not started once.",
      {
        retryAfterSeconds: 10,
        cause,
      },
    );
  }
}

const parsed = <Schema extends z.ZodType>(schema: Schema, value: unknown, file: string): z.output<Schema> => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw upstreamUnavailable(
    "binaries.not_ready",
    `The local chain's ${file} does not have the expected shape. Run npm run reset and start again.`,
  );
};

/** @throws upstream_unavailable binaries.not_ready */
export const readLocalnetFacts = async (home: string): Promise<LocalnetFacts> =>
  parsed(Facts, await readJson(join(home, "localnet.json")), "localnet.json");

/** The faucet's own account; read when a drip is asked for, kept nowhere. */
export const readFaucetAccount = async (home: string): Promise<z.infer<typeof FaucetAccount>> =>
  parsed(FaucetAccount, await readJson(join(home, "faucet.json")), "faucet.json");
