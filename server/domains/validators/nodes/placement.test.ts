import { describe, expect, it } from "vitest";
import { chooseRuntime, type RuntimeAvailability } from "./placement";

const availability = (docker: boolean, process: boolean): RuntimeAvailability => ({
  docker: { isAvailable: docker, reason: docker ? null : "docker is off" },
  process: { isAvailable: process, reason: process ? null : "no room" },
});

describe("placement", () => {
  it.each([
    [null, true, true, { runtime: "docker" }],
    [null, false, true, { runtime: "process" }],
    ["process", true, true, { runtime: "process" }],
    ["docker", false, true, { refusal: "docker is off" }],
    [null, false, false, { refusal: "no room" }],
  ] as const)("asked for %s with docker %s and process %s", (requested, docker, process, expected) => {
    expect(chooseRuntime(requested, availability(docker, process))).toEqual(expected);
  });
});
