import { goCheck, playwrightCheck, scriptCheck, vitestCheck } from "./runners.mjs";

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
  suite("integration", []),
  suite("real", ["posd", "docker"]),
  suite("http", []),
  suite("contract", ["posd", "docker"]),
  // Stamped as a start would stamp it, so that the journeys begin on this very build.
  { name: "build", needs: [], run: ({ signal }) => scriptCheck("build", "tools/build/main.mjs", { signal }) },
  suite("launcher", ["posd"]),
  {
    name: "e2e",
    needs: ["posd", "docker", "chromium"],
    run: ({ signal, options }) => playwrightCheck("e2e", { signal, env: suiteEnvironment(options) }),
  },
];
