import { describe, expect, it } from "vitest";
import { runLanes } from "./run-lanes.mjs";

/** Runs stages that end when told to, and keeps the order of what happened. */
function rehearse(
  lanes: Readonly<Record<string, readonly string[]>>,
  after: Readonly<Record<string, readonly string[]>>,
) {
  const said: string[] = [];
  const doors = new Map<string, { open: () => void; opened: Promise<void> }>();
  const doorOf = (name: string) => {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const door = doors.get(name) ?? { open, opened };
    doors.set(name, door);
    return door;
  };
  const ended = runLanes(lanes, {
    afterOf: (name) => after[name] ?? [],
    run: async (name, lane) => {
      said.push(`${lane} begins ${name}`);
      await doorOf(name).opened;
      if (name.startsWith("broken")) throw new Error(name);
    },
    onFailure: (error) => said.push(`failed: ${error instanceof Error ? error.message : ""}`),
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    said,
    ended,
    end: async (...names: readonly string[]) => {
      for (const name of names) {
        doorOf(name).open();
        await settle();
      }
    },
  };
}

describe("two lanes", () => {
  it("run at the same time, each in its order", async () => {
    const { said, ended, end } = rehearse({ R: ["a", "b"], P: ["x", "y"] }, {});
    await end("x", "a", "y", "b");
    await ended;
    expect(said).toEqual(["R begins a", "P begins x", "P begins y", "R begins b"]);
  });

  it("run a stage once: who needs it first begins it, and the other waits for its end", async () => {
    const { said, ended, end } = rehearse({ R: ["a", "e2e"], P: ["x", "build", "y"] }, { e2e: ["build"] });
    await end("a");
    expect(said).toEqual(["R begins a", "P begins x", "R begins build"]);
    await end("x");
    expect(said).toHaveLength(3);
    await end("build");
    expect(said.slice(3).sort()).toEqual(["P begins y", "R begins e2e"]);
    await end("y", "e2e");
    await ended;
  });

  it("wait for nothing that is not wanted", async () => {
    const { said, ended, end } = rehearse({ R: ["e2e"], P: [] }, { e2e: ["gates", "build"] });
    await end("e2e");
    await ended;
    expect(said).toEqual(["R begins e2e"]);
  });

  it("end both before the one that threw is told", async () => {
    const { said, ended, end } = rehearse({ R: ["broken", "b"], P: ["x"] }, {});
    let isOver = false;
    const seen = ended
      .catch((error: unknown) => error)
      .finally(() => {
        isOver = true;
      });
    await end("broken");
    expect([isOver, said.at(-1)]).toEqual([false, "failed: broken"]);
    await end("x");
    expect(await seen).toEqual(new Error("broken"));
    expect(said).not.toContain("R begins b");
  });
});
