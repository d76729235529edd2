import { goCheck, playwrightCheck, scriptCheck, vitestCheck } from "./runners.mjs";

/** What the suites with real parts are told: where the binaries, images and browsers that are kept between runs lie. */
const suiteEnvironment = ({ cacheDir }) => ({ OMNIPHI_CACHE_DIR: cacheDir });

const suite = (name, needs) => ({
  name,
  needs,
  hasProducts: true,
  run: ({ signal, options, paths }) => vitestCheck(name, { signal, paths, env: suiteEnvironment(options) }),
});

/**
 * The stages after the gates of `npm run verify`. `needs` names what must be on the machine, `after` what must have ended before, wherever it
 * runs; one that `hasProducts` can run for some of them alone, by folders of tests.
 */
const stageList = [
  { name: "devnet", needs: ["go"], run: ({ signal }) => goCheck("devnet", "devnet", { signal }) },
  suite("contract", ["posd", "docker"]),
  suite("real", ["posd", "docker"]),
  {
    name: "e2e",
    needs: ["posd", "docker", "chromium"],
    after: ["gates", "build"],
    hasProducts: true,
    run: ({ signal, options, paths }) => playwrightCheck("e2e", { signal, paths, env: suiteEnvironment(options) }),
  },
  suite("integration", []),
  suite("http", []),
  // Stamped as a start would stamp it, so that the journeys begin on this very build. The types' generator writes to the same folder.
  {
    name: "build",
    needs: [],
    after: ["gates"],
    run: ({ signal }) => scriptCheck("build", "tools/build/main.mjs", { signal }),
  },
  suite("launcher", ["posd"]),
  // Generates a domain into a copy and runs the gates and the domain's own suites there.
  suite("generator", []),
  // By name alone: `npm run test:long`.
  { ...suite("long", []), isLong: true },
  { ...suite("fuzz", []), isLong: true },
];

/** The stages by name. */
export const stages = new Map(stageList.map((stage) => [stage.name, stage]));

/**
 * Two lanes, each for one core, run at the same time. R has one worker and owns what there is once on a machine: the local chain, the Docker
 * Engine, Chromium. P has the rest. `gates` stands for all gates of `npm run verify`.
 */
export const lanes = {
  R: ["devnet", "contract", "real", "e2e"],
  P: ["gates", "integration", "http", "build", "launcher", "generator", "long", "fuzz"],
};
