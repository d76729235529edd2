import { existsSync } from "node:fs";
import { join } from "node:path";
import { repoDir } from "../start/options.mjs";
import { commandCheck, goCheck, playwrightCheck, vitestCheck } from "./runners.mjs";

/** What the suites with real parts are told: where the binaries, images and browsers that are kept between runs lie. */
const suiteEnvironment = ({ cacheDir }) => ({ OMNIPHI_CACHE_DIR: cacheDir });

const suite = (name, needs) => ({
  name,
  needs,
  run: ({ signal, options }) => vitestCheck(name, [name], { signal, env: suiteEnvironment(options) }),
});

/** The stages after the gates of `npm run verify`, in order; `needs` names what must be on the machine. */
export const stages = [
  { name: "devnet", needs: ["go"], run: ({ signal }) => goCheck("devnet", "devnet", { signal }) },
  suite("integration", ["posd"]),
  suite("http", []),
  suite("contract", ["posd", "docker"]),
  {
    name: "build",
    needs: [],
    run: ({ signal }) => commandCheck("build", "next", ["build"], { signal, env: BUILD_ENV }),
  },
  suite("launcher", ["posd"]),
  {
    name: "e2e",
    needs: ["posd", "docker", "chromium"],
    run: ({ signal, options }) => playwrightCheck("e2e", { signal, env: suiteEnvironment(options) }),
  },
].filter(({ name }) => name !== "e2e" || existsSync(join(repoDir, "playwright.config.ts")));

// A build reads no setting's value; nothing is connected to while it runs.
const BUILD_ENV = { NODE_ENV: "production", OMNIPHI_SKIP_ENV_VALIDATION: "image-build" };
