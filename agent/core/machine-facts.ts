import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { cpus, freemem, platform, release, totalmem } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const POWER_SUPPLIES = "/sys/class/power_supply";

type CpuTimes = { readonly busy: number; readonly all: number };
function cpuTimes(): CpuTimes {
  const times = cpus().map((cpu) => cpu.times);
  const all = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  return { busy: all - times.reduce((sum, { idle }) => sum + idle, 0), all };
}

/** Whether the machine runs on its battery; null where it does not tell. */
async function readsBattery(): Promise<{ hasBattery: boolean | null; onBattery: boolean | null }> {
  try {
    if (platform() === "darwin") {
      const { stdout } = await run("pmset", ["-g", "batt"], { timeout: 2_000 });
      return { hasBattery: /InternalBattery/.test(stdout), onBattery: /Battery Power/.test(stdout) };
    }
    if (!existsSync(POWER_SUPPLIES)) return { hasBattery: null, onBattery: null };
    const read = (name: string, file: string) => readFileSync(join(POWER_SUPPLIES, name, file), "utf8").trim();
    const batteries = readdirSync(POWER_SUPPLIES).filter((name) => read(name, "type") === "Battery");
    return {
      hasBattery: batteries.length > 0,
      onBattery: batteries.some((name) => read(name, "status") === "Discharging"),
    };
  } catch {
    return { hasBattery: null, onBattery: null };
  }
}

/** Whether the machine goes to sleep by itself; null where it does not tell. */
async function readsSleep(hasBattery: boolean | null): Promise<boolean | null> {
  try {
    if (platform() === "darwin") {
      const { stdout } = await run("pmset", ["-g"], { timeout: 2_000 });
      const minutes = /^\s*sleep\s+(\d+)/m.exec(stdout)?.[1];
      return minutes === undefined ? null : minutes !== "0";
    }
    if (platform() !== "linux" || hasBattery !== true) return null;
    // A masked target says so with a status of its own, which is no failure here.
    const shown = await run("systemctl", ["is-enabled", "sleep.target"], { timeout: 2_000 }).catch(
      (thrown: { stdout?: string }) => ({ stdout: thrown.stdout ?? "" }),
    );
    return shown.stdout.trim() === "" ? null : shown.stdout.trim() !== "masked";
  } catch {
    return null;
  }
}

/** Reads of the machine that repeat; the processor's share is of the time since the read before. */
export function createMachineFacts(dataDir: string) {
  let before = cpuTimes();
  return async () => {
    const now = cpuTimes();
    const passed = now.all - before.all;
    const cpuPercent = passed > 0 ? (100 * (now.busy - before.busy)) / passed : null;
    before = now;
    const disk = await statfs(dataDir).catch(() => null);
    const { hasBattery, onBattery } = await readsBattery();
    return {
      osType: platform(),
      osVersion: release().slice(0, 80),
      cpuPercent,
      memoryPercent: 100 * (1 - freemem() / totalmem()),
      diskPercent: disk === null || disk.blocks === 0 ? null : 100 * (1 - disk.bavail / disk.blocks),
      onBattery,
      maySleep: await readsSleep(hasBattery),
    };
  };
}
