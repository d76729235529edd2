import { writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compareSignStates } from "@/lib/node-config/sign-state.mjs";
import type { NodeHostHarness } from "./node-host-harness";
import { prepare, refusalOf, until, untilRunning } from "./node-host-wait";

const WRONG_SHA256 = "0".repeat(64);
const FRESH = { height: "0", round: 0, step: 0 };

/** What every node host promises, run against the fake and against each real one. `harness` is filled by the caller's beforeAll. */
export function nodeHostContract(name: string, harness: () => NodeHostHarness): void {
  describe(`node host contract: ${name}`, () => {
    it("answers a ping with its version", async () => {
      expect((await harness().host.ping()).version).not.toBe("");
    });

    it("says absent of a node and a volume that it does not know", async () => {
      const { host, spec } = harness();
      const { nodeId, volumeId } = spec();
      expect(await host.inspect(nodeId)).toMatchObject({ state: "absent", runtimeRef: null, endpoints: null });
      expect(await host.inspectVolume(volumeId)).toEqual({ exists: false, initialised: false, signState: null });
      expect(await refusalOf(host.stop(nodeId, { graceSeconds: 1 }))).toBe("runtime.node_not_found");
      expect(await refusalOf(host.stats(nodeId))).toBe("runtime.node_not_found");
      expect(await refusalOf(host.logs(nodeId, { tail: 1 }))).toBe("runtime.node_not_found");
    });

    it("makes a volume once, however often it is asked", async () => {
      const { host, spec } = harness();
      const { nodeId, volumeId } = spec();
      await Promise.all([1, 2, 3].map(() => host.ensureVolume({ volumeId, nodeId, sizeBytes: 1 })));
      await host.ensureVolume({ volumeId, nodeId, sizeBytes: 1 });
      expect(await host.inspectVolume(volumeId)).toEqual({ exists: true, initialised: false, signState: null });
      expect((await host.list()).volumeIds.filter((id) => id === volumeId)).toEqual([volumeId]);
    });

    it("refuses each step whose one before is missing", async () => {
      const { host, spec } = harness();
      const node = spec();
      expect(await refusalOf(host.initialise(node))).toBe("runtime.volume_not_found");
      expect(await refusalOf(host.start(node))).toBe("runtime.volume_not_found");
      await host.ensureVolume({ volumeId: node.volumeId, nodeId: node.nodeId, sizeBytes: 1 });
      expect(await refusalOf(host.start(node))).toBe("runtime.volume_not_initialised");
      expect(await refusalOf(host.readIdentity(node))).toBe("runtime.volume_not_initialised");
    });

    it("makes one key per volume and keeps it through every later initialise", async () => {
      const { host, reopen, spec } = harness();
      const node = spec();
      await host.ensureVolume({ volumeId: node.volumeId, nodeId: node.nodeId, sizeBytes: 1 });
      await Promise.all([host.initialise(node), reopen().initialise(node), host.initialise(node)]);
      const identity = await host.readIdentity(node);
      expect(identity.nodeId).toMatch(/^[0-9a-f]{40}$/);
      expect(Buffer.from(identity.consensusPubkeyBase64, "base64").length).toBe(32);
      expect((await host.inspectVolume(node.volumeId)).signState).toEqual(FRESH);

      await host.initialise({ ...node, moniker: "renamed", minimumGasPrices: "0.05omniphi" });
      expect(await reopen().readIdentity(node)).toEqual(identity);

      const other = spec();
      await prepare(host, other);
      expect((await host.readIdentity(other)).consensusPubkeyBase64).not.toBe(identity.consensusPubkeyBase64);
    });

    it("starts nothing whose SHA-256 is not the stated one", async () => {
      const { host, spec } = harness();
      const node = spec();
      await host.ensureVolume({ volumeId: node.volumeId, nodeId: node.nodeId, sizeBytes: 1 });
      const wrongBinary = { ...node, binary: { ...node.binary, sha256: WRONG_SHA256 } };
      const wrongGenesis = { ...node, genesis: { ...node.genesis, sha256: WRONG_SHA256 } };
      expect(await refusalOf(host.initialise(wrongBinary))).toBe("runtime.checksum_mismatch");
      expect(await refusalOf(host.initialise(wrongGenesis))).toBe("runtime.checksum_mismatch");
      expect((await host.inspectVolume(node.volumeId)).initialised).toBe(false);
      await host.initialise(node);
      expect(await refusalOf(host.start(wrongBinary))).toBe("runtime.checksum_mismatch");
      expect((await host.inspect(node.nodeId)).runtimeRef).toBeNull();
    });

    it("refuses a genesis and a volume of another chain", async () => {
      const { host, spec } = harness();
      const node = spec();
      await host.ensureVolume({ volumeId: node.volumeId, nodeId: node.nodeId, sizeBytes: 1 });
      expect(await refusalOf(host.initialise({ ...node, chainId: "other-1" }))).toBe("runtime.genesis_chain_mismatch");
      await host.initialise(node);
      const identity = await host.readIdentity(node);

      const path = join(await mkdtemp(join(tmpdir(), "omniphi-genesis-")), "genesis.json");
      const text = JSON.stringify({ chain_id: "other-1" });
      writeFileSync(path, text);
      const { createHash } = await import("node:crypto");
      const genesis = { path, sha256: createHash("sha256").update(text).digest("hex") };
      expect(await refusalOf(host.initialise({ ...node, chainId: "other-1", genesis }))).toBe(
        "runtime.volume_chain_mismatch",
      );
      expect(await refusalOf(host.start({ ...node, chainId: "other-1" }))).toBe("runtime.volume_chain_mismatch");
      expect(await host.readIdentity(node)).toEqual(identity);
    });

    it("runs one node however many start it at once, and finds it from another process", async () => {
      const { host, reopen, spec, countSigners, hasRealEndpoints } = harness();
      const node = spec({ moniker: '"; reboot # Zürich 💎' });
      await prepare(host, node);
      const others = [reopen(), reopen()];
      await Promise.all([host, ...others, host, ...others].slice(0, 5).map((each) => each.start(node)));
      const running = await untilRunning(host, node.nodeId);
      expect(await countSigners(node)).toBe(1);
      expect(running.restartCount).toBe(0);
      expect((await host.start(node)).runtimeRef).toBe(running.runtimeRef);
      expect(await reopen().inspect(node.nodeId)).toMatchObject({ state: "running", runtimeRef: running.runtimeRef });
      expect((await host.list()).nodeIds).toContain(node.nodeId);
      if (hasRealEndpoints) {
        const answer = await fetch(`${running.endpoints?.rpcUrl}/status`);
        const { result } = (await answer.json()) as { result: { node_info: { id: string; moniker: string } } };
        expect(result.node_info.id).toBe((await host.readIdentity(node)).nodeId);
        expect(result.node_info.moniker).toBe('"; reboot # Z?rich ?');
      }

      const { cpuPercent, memoryBytes, volumeBytes, volumeFreeBytes } = await host.stats(node.nodeId);
      expect(cpuPercent).toBeGreaterThanOrEqual(0);
      expect(memoryBytes).toBeGreaterThan(0);
      expect(volumeBytes).toBeGreaterThan(0);
      if (volumeFreeBytes !== null) expect(volumeFreeBytes).toBeGreaterThan(0);

      const foreign = spec({ volumeId: node.volumeId });
      expect(await refusalOf(host.start(foreign))).toBe("runtime.volume_in_use");
      expect(await countSigners(node)).toBe(1);
      await host.remove(node.nodeId, { volumeId: node.volumeId, removeVolume: true });
    });

    it("brings a killed node back and counts it", async () => {
      const { host, spec, killNode, countSigners } = harness();
      const node = spec();
      await prepare(host, node);
      await host.start(node);
      const before = await untilRunning(host, node.nodeId);
      await killNode(node.nodeId);
      const after = await until(
        "a restart",
        () => host.inspect(node.nodeId),
        (seen) => seen.restartCount > before.restartCount && seen.state === "running",
      );
      expect(after.runtimeRef).not.toBe(null);
      expect(await countSigners(node)).toBe(1);
      await host.remove(node.nodeId, { volumeId: node.volumeId, removeVolume: true });
    });

    it("stops for good until started again, with the same key and no older sign state", async () => {
      const { host, reopen, spec, countSigners } = harness();
      const node = spec();
      await prepare(host, node);
      const identity = await host.readIdentity(node);
      await host.start(node);
      await untilRunning(host, node.nodeId);
      const [stopped] = await Promise.all([1, 2].map(() => host.stop(node.nodeId, { graceSeconds: 20 })));
      expect(stopped).toMatchObject({ state: "stopped", runtimeRef: null });
      expect(await countSigners(node)).toBe(0);
      expect((await reopen().stop(node.nodeId, { graceSeconds: 1 })).state).toBe("stopped");
      const before = (await host.inspectVolume(node.volumeId)).signState;

      await host.initialise(node);
      await reopen().start(node);
      await untilRunning(host, node.nodeId);
      expect(await host.readIdentity(node)).toEqual(identity);
      const after = (await host.inspectVolume(node.volumeId)).signState;
      expect(compareSignStates(after ?? FRESH, before ?? FRESH)).toBeGreaterThanOrEqual(0);

      // Stop and start that cross: whatever comes last on the host, never two and never half of one.
      await Promise.allSettled([
        host.stop(node.nodeId, { graceSeconds: 20 }),
        reopen().start(node),
        reopen().stop(node.nodeId, { graceSeconds: 20 }),
      ]);
      await host.stop(node.nodeId, { graceSeconds: 20 });
      expect(await countSigners(node)).toBe(0);
      await host.remove(node.nodeId, { volumeId: node.volumeId, removeVolume: true });
    });

    it("never starts a key whose sign state is missing, unreadable or older than it was", async () => {
      const { host, spec, writeSignState, countSigners } = harness();
      const node = spec();
      await prepare(host, node);
      const later = '{"height":"40","round":0,"step":3}';
      await writeSignState(node.volumeId, later);
      // Raises the mark: the state is seen by whoever asks for the signer's identity.
      await host.readIdentity(node);
      for (const [text, code] of [
        [null, "runtime.sign_state_missing"],
        ["", "runtime.sign_state_invalid"],
        ['{"height":"40","rou', "runtime.sign_state_invalid"],
        ['{"height":"39","round":0,"step":3}', "runtime.sign_state_regressed"],
        ['{"height":"40","round":0,"step":2}', "runtime.sign_state_regressed"],
      ] as const) {
        await writeSignState(node.volumeId, text);
        expect(await refusalOf(host.start(node)), text ?? "no file").toBe(code);
        expect(await refusalOf(host.initialise(node)), text ?? "no file").toBe(code);
      }
      await writeSignState(node.volumeId, null);
      expect(await refusalOf(host.inspectVolume(node.volumeId))).toBe("runtime.sign_state_missing");
      expect(await countSigners(node)).toBe(0);
      await writeSignState(node.volumeId, later);
      expect((await host.inspectVolume(node.volumeId)).signState).toEqual({ height: "40", round: 0, step: 3 });
    });

    it("neither starts a key that others on the host could read nor tells its identity", async () => {
      const { host, spec, exposeKey, countSigners } = harness();
      const node = spec();
      await prepare(host, node);
      await exposeKey(node.volumeId, true);
      expect(await refusalOf(host.readIdentity(node))).toBe("runtime.private_key_exposed");
      expect(await refusalOf(host.start(node))).toBe("runtime.private_key_exposed");
      expect(await refusalOf(host.initialise(node))).toBe("runtime.private_key_exposed");
      expect(await countSigners(node)).toBe(0);
      await exposeKey(node.volumeId, false);
      expect((await host.readIdentity(node)).nodeId).toMatch(/^[0-9a-f]{40}$/);
    });

    it("shows the last log lines in order and follows new ones until it is told to stop", async () => {
      const { host, spec, makeLogLine } = harness();
      const node = spec();
      await prepare(host, node);
      await host.start(node);
      await untilRunning(host, node.nodeId);
      const lines = await until(
        "a log line",
        () => host.logs(node.nodeId, { tail: 5 }),
        (seen) => seen.length > 0,
      );
      const times = lines.map(({ at }) => Date.parse(at));
      expect(times).toEqual([...times].sort((left, right) => left - right));
      expect(await host.logs(node.nodeId, { tail: 1 })).toHaveLength(1);

      const stop = new AbortController();
      const seen: string[] = [];
      for await (const line of host.followLogs(node.nodeId, { tail: 1 }, { signal: stop.signal })) {
        seen.push(line.text);
        makeLogLine?.(node.nodeId);
        if (seen.length === 3) stop.abort();
      }
      expect(seen).toHaveLength(3);
      await host.remove(node.nodeId, { volumeId: node.volumeId, removeVolume: true });
    });

    it("removes the node and keeps the volume, then removes both, and takes either twice", async () => {
      const { host, spec, countSigners } = harness();
      const node = spec();
      await prepare(host, node);
      const identity = await host.readIdentity(node);
      await host.start(node);
      await host.remove(node.nodeId, { volumeId: node.volumeId, removeVolume: false });
      expect(await countSigners(node)).toBe(0);
      expect((await host.inspect(node.nodeId)).state).toBe("absent");
      expect(await host.readIdentity(node)).toEqual(identity);

      for (const _time of [1, 2]) {
        await host.remove(node.nodeId, { volumeId: node.volumeId, removeVolume: true });
        expect((await host.inspectVolume(node.volumeId)).exists).toBe(false);
      }
      const { nodeIds, volumeIds } = await host.list();
      expect(nodeIds).not.toContain(node.nodeId);
      expect(volumeIds).not.toContain(node.volumeId);
    });

    it("is unavailable, not empty, where nothing answers, and says so within two and a half seconds", async () => {
      const { unreachable, spec } = harness();
      const node = spec();
      const host = unreachable();
      const input = { volumeId: node.volumeId, nodeId: node.nodeId, sizeBytes: 1 };
      const began = Date.now();
      const codes = await Promise.all(
        [
          host.ping(),
          host.ensureVolume(input),
          host.inspectVolume(node.volumeId),
          host.initialise(node),
          host.readIdentity(node),
          host.start(node),
          host.stop(node.nodeId, { graceSeconds: 1 }),
          host.remove(node.nodeId, { volumeId: node.volumeId, removeVolume: true }),
          host.inspect(node.nodeId),
          host.list(),
          host.stats(node.nodeId),
          host.logs(node.nodeId, { tail: 1 }),
        ].map(refusalOf),
      );
      expect(new Set(codes)).toEqual(new Set(["runtime.unavailable"]));
      expect(Date.now() - began).toBeLessThan(2_500);
    });

    it("leaves nothing half made on a full disk", async () => {
      const { full, host, spec } = harness();
      const node = spec();
      const sizeBytes = 1024 ** 4;
      expect(await refusalOf(full().ensureVolume({ volumeId: node.volumeId, nodeId: node.nodeId, sizeBytes }))).toBe(
        "runtime.disk_full",
      );
      expect((await host.inspectVolume(node.volumeId)).exists).toBe(false);
      await prepare(host, node);
      expect(await refusalOf(full().start(node))).toBe("runtime.disk_full");
      expect((await host.inspect(node.nodeId)).runtimeRef).toBeNull();
    });

    it("gives up at the caller's deadline and at the caller's signal", async () => {
      const { host, spec } = harness();
      const node = spec();
      await prepare(host, node);
      expect(await refusalOf(host.start(node, { deadlineMs: 0 }))).toBe("runtime.timeout");
      expect(await refusalOf(host.start(node, { signal: AbortSignal.abort() }))).toBe("runtime.aborted");
      await host.remove(node.nodeId, { volumeId: node.volumeId, removeVolume: true });
    });
  });
}
