import { describeKills } from "@/tests/support/validators/kill-matrix";

describeKills(["watcher"]);
