import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { environmentOf, groupMembers, identityOf, isGroupAlive, isSameProcess } from "./process-identity.mjs";
import { writePrivateJson } from "./secrets.mjs";

const registryPath = (dataDir) => join(dataDir, "run/children.json");

/** Keeps on disk which process groups this launcher started, so that the next start can end what a killed one left. */
export function createChildRegistry(dataDir) {
  const children = new Map();
  const save = () => {
    try {
      writePrivateJson(registryPath(dataDir), [...children.values()]);
    } catch {
      // On a full disk the children still stop with this launcher; only a later clean-up would miss them.
    }
  };
  return {
    add(name, pid) {
      children.set(pid, { name, pid, identity: identityOf(pid) });
      save();
    },
    remove(pid) {
      if (children.delete(pid)) save();
    },
  };
}

/** Ends every process group that a killed launcher of this data directory left; returns their names. */
export async function stopLeftovers(dataDir) {
  let recorded = [];
  try {
    recorded = JSON.parse(readFileSync(registryPath(dataDir), "utf8"));
  } catch {
    return [];
  }
  const left = recorded.filter((child) => isOurs(child, dataDir));
  await Promise.all(left.map(({ pid }) => stopGroup(pid, 5_000)));
  return left.map(({ name }) => name);
}

// The leader may have died before its own children; a member that carries our data directory proves the group ours.
function isOurs({ pid, identity }, dataDir) {
  if (isSameProcess(pid, identity)) return true;
  return groupMembers(pid).some((member) => environmentOf(member, "OMNIPHI_DATA_DIR") === dataDir);
}

/** Ends a process group: SIGTERM, then SIGKILL after the grace time. Resolves when none of it is left. */
export async function stopGroup(groupId, graceMs) {
  for (const [endSignal, patienceMs] of [
    ["SIGTERM", graceMs],
    ["SIGKILL", 2_000],
  ]) {
    try {
      process.kill(-groupId, endSignal);
    } catch {
      return;
    }
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 50) {
      if (!isGroupAlive(groupId)) return;
      await delay(50);
    }
  }
}
