import { runServer } from "./server/main";
import { runValidator } from "./validator/main";

/** The first word says beside what this program stands: `server` on a host of a region; a validator's node where none is said. */
const [first, ...rest] = process.argv.slice(2);

(first === "server" ? runServer(rest) : runValidator(first === "validator" ? rest : process.argv.slice(2))).then(
  (code) => {
    process.exitCode = code;
  },
  (thrown: unknown) => {
    process.stdout.write(`${new Date().toISOString()} Ended: ${(thrown as Error).message}\n`);
    process.exitCode = 1;
  },
);
