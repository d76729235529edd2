import { describeKills } from "@/tests/support/validators/kill-matrix";
import { VICTIMS } from "@/tests/support/validators/kill-plan";

// Whoever else is added to the victims dies here, until it has a file of its own.
describeKills(VICTIMS.filter((victim) => victim !== "watcher"));
