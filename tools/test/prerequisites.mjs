import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { StartFailure } from "../start/failure.mjs";
import { runCommand } from "../start/run-command.mjs";
import { startDocker } from "./docker-daemon.mjs";
import { buildAllPosd } from "./posd-builds.mjs";
import { resultsDir } from "./runners.mjs";

const onPath = (name) =>
  (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, name))) ||
  ["/usr/sbin", "/sbin"].some((folder) => existsSync(join(folder, name)));

const canInstall = () => existsSync("/etc/debian_version") && process.getuid?.() === 0 && onPath("apt-get");

/** What a stage may need beside Node: how to tell that it is there, the Debian packages that bring it, and where others get it. */
const parts = {
  docker: {
    isThere: () => onPath("dockerd"),
    packages: ["docker.io"],
    elsewhere: "the Docker Engine (https://docs.docker.com/engine/install)",
  },
  chromium: {
    isThere: () => existsSync("/usr/bin/chromium"),
    packages: ["chromium", "fonts-liberation"],
    elsewhere: "Chromium at /usr/bin/chromium",
  },
  go: {
    isThere: () => onPath("go"),
    packages: [],
    elsewhere: "Go 1.26 or newer on the PATH (https://go.dev/dl)",
  },
};

/**
 * Makes what the stages need available: packages on Debian as root, both builds of posd, a Docker daemon when none
 * answers. Returns `{ missing, stop }`: why each part that could not be had is missing, and how to end what was started here.
 */
export async function preparePrerequisites(needs, { reporter, signal, cacheDir, dockerSocketPath }) {
  const missing = new Map();
  const absent = [...needs].filter((need) => parts[need] && !parts[need].isThere());
  const packages = absent.flatMap((need) => parts[need].packages);
  if (packages.length > 0 && canInstall()) {
    const step = reporter.step("packages", `installing ${packages.join(", ")}`);
    const problem = await installPackages(packages, signal);
    if (problem) step.fail(problem);
    else step.done(`installed ${packages.join(", ")}`);
  }
  for (const need of absent) {
    if (parts[need].isThere()) continue;
    const { packages: names, elsewhere } = parts[need];
    const how =
      names.length > 0 ? `${elsewhere}; on Debian as root it is installed from ${names.join(", ")}` : elsewhere;
    missing.set(need, `this machine lacks ${how}`);
  }
  if (needs.has("posd")) {
    const problem = await buildAllPosd({ cacheDir, reporter, signal });
    if (problem) missing.set("posd", problem);
  }
  let stop = async () => {};
  if (needs.has("docker") && !missing.has("docker")) {
    try {
      stop = await startDocker({ dockerSocketPath, reporter, signal });
    } catch (error) {
      if (!(error instanceof StartFailure)) throw error;
      missing.set("docker", `${error.what} ${error.fix}`);
    }
  }
  return { missing, stop };
}

async function installPackages(packages, signal) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const logFile = join(resultsDir, "packages.log");
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", ...packages]]) {
    const { code, tail } = await runCommand("apt-get", args, { env, logFile, signal });
    if (code !== 0) return `apt-get ${args[0]} ended with status ${code}: ${tail.at(-1) ?? ""}`;
  }
  return undefined;
}
