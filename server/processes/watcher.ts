import { runProcess } from "@/server/runtime/run-process";
import { declareWatcher } from "./watcher/declare-watcher";

await runProcess(declareWatcher((running) => running.runtime.ports()));
