import { Agent, get } from "node:http";
import { ORGANIZATION_HEADER } from "@/lib/organization-header";
import { treeCpuTimeMs } from "./cpu-time";

/** What is asked for, and which process answers. */
export type Target = {
  readonly name: string;
  readonly url: string;
  readonly cookie: string;
  readonly pid: number;
  /** The organisation that a request of the API is of; pages have it in their address. */
  readonly organization?: string;
};

/** What one target took; times in milliseconds. */
export type Timing = {
  readonly firstByteMs: number[];
  readonly wholeMs: number[];
  /** CPU of the answering process a request, once a round. */
  readonly cpuMs: number[];
  bytes: number;
};

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Asks once over a connection that stays open; the answer's bytes are read and thrown away. */
function ask({
  url,
  cookie,
  name,
  organization,
}: Target): Promise<{ firstByteMs: number; wholeMs: number; bytes: number }> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const headers = {
      ...(cookie === "" ? {} : { cookie }),
      ...(organization === undefined ? {} : { [ORGANIZATION_HEADER]: organization }),
    };
    const request = get(url, { agent, headers }, (answer) => {
      let firstByteMs = 0;
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => {
        if (bytes === 0) firstByteMs = performance.now() - startedAt;
        bytes += chunk.length;
      });
      answer.on("end", () => {
        if (answer.statusCode === 200) resolve({ firstByteMs, wholeMs: performance.now() - startedAt, bytes });
        else reject(new Error(`${name} (${url}) answered ${answer.statusCode}`));
      });
      answer.on("error", reject);
    });
    request.on("error", reject);
  });
}

/**
 * Asks for each target in turn, round after round, so that what else the machine does falls on all alike; one request at a time. What is asked
 * first in a process compiles and fills its pools, and is not counted.
 */
export async function timeTargets(
  targets: readonly Target[],
  { rounds, requests, pauseMs = 0 }: { rounds: number; requests: number; pauseMs?: number },
): Promise<Map<string, Timing>> {
  const timings = new Map<string, Timing>();
  for (const target of targets) {
    timings.set(target.name, { firstByteMs: [], wholeMs: [], cpuMs: [], bytes: 0 });
    for (let warm = 0; warm < 5; warm += 1) await ask(target);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const target of targets) {
      const timing = timings.get(target.name);
      if (!timing) continue;
      const before = treeCpuTimeMs(target.pid);
      for (let asked = 0; asked < requests; asked += 1) {
        const { firstByteMs, wholeMs, bytes } = await ask(target);
        timing.firstByteMs.push(firstByteMs);
        timing.wholeMs.push(wholeMs);
        timing.bytes = bytes;
      }
      timing.cpuMs.push((treeCpuTimeMs(target.pid) - before) / requests);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  return timings;
}
