import { runtimeRefused } from "@/server/ports/node-host-errors";
import { oneShotOptions } from "./container-options";
import type { DockerApi } from "./docker-api";
import { type DockerHostSettings, volumeName } from "./docker-names";
import { createLogReader } from "./transform";

const SHOWN_OUTPUT_CHARACTERS = 600;

type OneShot = {
  readonly verb: string;
  readonly imageId: string;
  readonly volumeId: string;
  readonly args: readonly string[];
};

export const oneShotName = (verb: string, volumeId: string): string => `omniphi-${verb}-${volumeName(volumeId)}`;

async function outputOf(api: DockerApi, id: string, signal: AbortSignal): Promise<{ stdout: string; stderr: string }> {
  const read = createLogReader();
  const output = { stdout: "", stderr: "" };
  const stream = await api.containerLogs(id, { follow: false, signal });
  for await (const chunk of stream)
    for (const line of read(Buffer.from(chunk))) output[line.stream] += `${line.text}\n`;
  return output;
}

/** @throws upstream_rejected `runtime.disk_full`, `runtime.command_failed` when the container ended with anything but 0 */
export async function requireSuccess(api: DockerApi, id: string, verb: string, signal: AbortSignal): Promise<string> {
  const exitCode = await api.waitForExit(id, signal);
  const { stdout, stderr } = await outputOf(api, id, signal);
  if (exitCode === 0) return stdout;
  // Go prints the text of ENOSPC; a foreign program has no other way to tell us.
  if (stderr.includes("no space left on device")) throw runtimeRefused("disk_full", { exitCode });
  throw runtimeRefused("command_failed", {
    command: verb,
    exitCode,
    output: stderr.trim().slice(-SHOWN_OUTPUT_CHARACTERS),
  });
}

/**
 * Runs a command that only reads, and gives back its standard output. Its container has one name per volume and command: one that a crash or
 * another call left is waited for, removed, and the question asked again.
 */
export async function askOnce(
  parts: { api: DockerApi; settings: DockerHostSettings },
  shot: OneShot,
  signal: AbortSignal,
): Promise<string> {
  const { api, settings } = parts;
  const name = oneShotName(shot.verb, shot.volumeId);
  for (;;) {
    signal.throwIfAborted();
    const id = await api.createContainer(oneShotOptions(settings, { name, ...shot }));
    if (id === null) {
      const leftOver = await api.inspectContainer(name);
      if (leftOver?.State.Status === "running") await api.waitForExit(leftOver.Id, signal);
      if (leftOver !== null) await api.removeContainer(leftOver.Id);
      continue;
    }
    try {
      await api.startContainer(id);
      return await requireSuccess(api, id, shot.verb, signal);
    } finally {
      await api.removeContainer(id);
    }
  }
}
