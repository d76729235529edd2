import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { upstreamUnavailable } from "@/server/kernel/errors";

/** What paying from its faucet needs of what the local chain's maker wrote into its home (`devnet/localnet.mjs`). */
const Facts = z.object({
  chainId: z.string(),
  rpcPort: z.number().int(),
  accountPrefix: z.string(),
  coinType: z.number().int().min(0),
  baseDenom: z.string(),
  gasPriceDec: z.string(),
});

const FaucetAccount = z.object({ address: z.string(), mnemonic: z.string() });

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw upstreamUnavailable(
      "faucet.unavailable",
      "The local chain is not ready yet, so nothing was sent: its program is still being built or it has not started once.",
      { retryAfterSeconds: 10, cause },
    );
  }
}

const parsed = <Schema extends z.ZodType>(schema: Schema, value: unknown, file: string): z.output<Schema> => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw upstreamUnavailable(
    "faucet.unavailable",
    `The local chain's ${file} does not have the expected shape. Start it again, or run npm run reset for a new one.`,
  );
};

/** @throws upstream_unavailable faucet.unavailable */
export const readLocalnetFacts = async (home: string): Promise<z.output<typeof Facts>> =>
  parsed(Facts, await readJson(join(home, "localnet.json")), "localnet.json");

/** The faucet's own account; read when a drip is asked for, kept nowhere. */
export const readFaucetAccount = async (home: string): Promise<z.infer<typeof FaucetAccount>> =>
  parsed(FaucetAccount, await readJson(join(home, "faucet.json")), "faucet.json");
