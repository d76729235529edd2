import { describe, expect, it } from "vitest";
import { runtimeRefused } from "@/server/ports/node-host-errors";
import type { ContainerFacts } from "./docker-schemas";
import { createLogReader, nodeState, toRuntimeError, toStats } from "./transform";

const NOW_MS = Date.parse("2026-01-01T00:10:00Z");

function container(status: string, policy: string, startedAt = "2026-01-01T00:09:50Z"): ContainerFacts {
  return {
    Id: "c",
    Image: "i",
    RestartCount: 0,
    State: { Status: status, Pid: 1, ExitCode: 0, StartedAt: startedAt },
    Config: { Labels: null },
    HostConfig: { RestartPolicy: { Name: policy } },
    NetworkSettings: { Networks: null, Ports: null },
  };
}

describe("nodeState", () => {
  it.each([
    ["created", "no", false, false, "created"],
    ["running", "unless-stopped", false, false, "starting"],
    ["running", "unless-stopped", true, false, "running"],
    ["restarting", "unless-stopped", false, false, "crashed"],
    ["restarting", "unless-stopped", false, true, "starting"],
    ["exited", "unless-stopped", false, false, "crashed"],
    ["exited", "no", false, false, "stopped"],
    ["dead", "no", false, false, "stopped"],
  ] as const)(
    "%s with policy %s, rpc %s, double-sign wait %s is %s",
    (status, policy, hasRpc, isDoubleSignWait, state) => {
      expect(nodeState(container(status, policy), { hasRpc, isDoubleSignWait, nowMs: NOW_MS })).toBe(state);
    },
  );

  it("runs after a minute, also without an answer of its RPC", () => {
    const old = container("running", "unless-stopped", "2026-01-01T00:08:00Z");
    expect(nodeState(old, { hasRpc: false, isDoubleSignWait: false, nowMs: NOW_MS })).toBe("running");
  });
});

describe("toRuntimeError", () => {
  const withFacts = (facts: object) => Object.assign(new Error("the Engine's own words"), facts);

  it.each([
    [{ code: "ECONNREFUSED" }, "upstream_unavailable", "runtime.unavailable"],
    [{ code: "ENOENT" }, "upstream_unavailable", "runtime.unavailable"],
    [{ statusCode: 500 }, "upstream_rejected", "runtime.refused"],
    [{ code: "EWHAT" }, "upstream_rejected", "runtime.refused"],
    [{}, "upstream_rejected", "runtime.refused"],
  ])("maps %j by its code", (facts, kind, code) => {
    const mapped = toRuntimeError(withFacts(facts));
    expect(mapped).toMatchObject({ kind, code });
    expect(mapped.message).not.toContain("own words");
    expect(JSON.stringify(mapped.details)).not.toContain("own words");
  });

  it("leaves our own errors as they are", () => {
    const ours = runtimeRefused("disk_full");
    expect(toRuntimeError(ours)).toBe(ours);
  });
});

describe("createLogReader", () => {
  const frame = (stream: number, text: string) => {
    const head = Buffer.alloc(8);
    head[0] = stream;
    head.writeUInt32BE(Buffer.byteLength(text), 4);
    return Buffer.concat([head, Buffer.from(text)]);
  };
  const bytes = Buffer.concat([
    frame(1, "2026-01-01T00:00:00.1Z first é\n2026-01-01T00:00:00.2Z sec"),
    frame(2, "2026-01-01T00:00:00.3Z problem\n"),
    frame(1, "ond\n"),
  ]);
  const expected = [
    { at: "2026-01-01T00:00:00.1Z", stream: "stdout", text: "first é" },
    { at: "2026-01-01T00:00:00.3Z", stream: "stderr", text: "problem" },
    { at: "2026-01-01T00:00:00.2Z", stream: "stdout", text: "second" },
  ];

  it.each([1, 3, 7, 1_000])("reads the same lines from chunks of %i bytes", (size) => {
    const read = createLogReader();
    const lines = [];
    for (let offset = 0; offset < bytes.length; offset += size)
      lines.push(...read(bytes.subarray(offset, offset + size)));
    expect(lines).toEqual(expected);
  });
});

describe("a line that the Engine cut into frames", () => {
  const stamped = (at: string, bytes: Buffer) => {
    const text = Buffer.concat([Buffer.from(`${at} `), bytes]);
    const head = Buffer.alloc(8);
    head[0] = 1;
    head.writeUInt32BE(text.length, 4);
    return Buffer.concat([head, text]);
  };

  it("has one time stamp, its first, and whole characters wherever the cut fell", () => {
    const line = Buffer.from(`${"x".repeat(16_383)}é${"y".repeat(20)}\n`);
    const next = Buffer.from("next\n");
    for (const cut of [16_383, 16_384, 16_385]) {
      const read = createLogReader();
      const lines = [
        stamped("2026-01-01T00:00:00.000000001Z", line.subarray(0, cut)),
        stamped("2026-01-01T00:00:00.000000002Z", line.subarray(cut)),
        stamped("2026-01-01T00:00:00.000000003Z", next),
      ].flatMap(read);
      expect(lines).toEqual([
        { at: "2026-01-01T00:00:00.000000001Z", stream: "stdout", text: line.toString("utf8").trimEnd() },
        { at: "2026-01-01T00:00:00.000000003Z", stream: "stdout", text: "next" },
      ]);
    }
  });
});

describe("toStats", () => {
  it("counts one busy core of four as 100 and leaves the page cache out", () => {
    const usage = {
      cpu_stats: { cpu_usage: { total_usage: 2_000 }, system_cpu_usage: 8_000, online_cpus: 4 },
      precpu_stats: { cpu_usage: { total_usage: 1_000 }, system_cpu_usage: 4_000 },
      memory_stats: { usage: 5_000, stats: { inactive_file: 1_000 } },
    };
    expect(toStats(usage, 7, "t")).toEqual({
      cpuPercent: 100,
      memoryBytes: 4_000,
      volumeBytes: 7,
      // Docker does not tell what its disk has left.
      volumeFreeBytes: null,
      measuredAt: "t",
    });
  });

  it("says nothing of a CPU without a first sample", () => {
    const usage = {
      cpu_stats: { cpu_usage: { total_usage: 2_000 }, system_cpu_usage: 8_000 },
      precpu_stats: { cpu_usage: { total_usage: 0 }, system_cpu_usage: 8_000 },
      memory_stats: {},
    };
    expect(toStats(usage, null, "t")).toMatchObject({ cpuPercent: null, memoryBytes: null });
  });
});
