import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { runProcess } from "@/server/runtime/run-process";
import { LocalnetFacts, registerLocalnet } from "./register-localnet/register-localnet";

await runProcess({
  name: "register-localnet",
  pool: { maxConnections: 2 },
  run: async ({ settings, logger, ctx }) => {
    if (settings.LOCALNET_HOME === undefined) {
      throw new Error("LOCALNET_HOME is not set: there is no local chain to tell the portal of.");
    }
    const home = resolve(settings.LOCALNET_HOME);
    const text = await readFile(join(home, "localnet.json"), "utf8");
    const network = await registerLocalnet(await ctx(), LocalnetFacts.parse(JSON.parse(text)), home);
    logger.info({ networkId: network.id, chainId: network.chainId }, "localnet.registered");
    return 0;
  },
});
