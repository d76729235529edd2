import type { Ports } from "@/server/ports/ports";
import { declareWatcher } from "@/server/processes/watcher/declare-watcher";
import { runProcess } from "@/server/runtime/run-process";
import { fakeSetupPorts } from "../fake-setup-ports";

/* The product's own watcher process; where TEST_FAKES names a folder, the same work on the hosts and the chain that are kept there. */
const fakesDir = process.env.TEST_FAKES;
process.stdout.write("ready\n");
if (fakesDir === undefined) await import("@/server/processes/watcher");
else await runProcess(declareWatcher(async () => fakeSetupPorts(fakesDir) as Ports));
