import { expect, it } from "vitest";
import { networkWaitWords } from "./network-wait-words";

it.each([
  [null, "No network is registered yet."],
  [{ state: "building" }, "The local chain is being built, which takes minutes the first time."],
  [{ state: "starting" }, "The local chain is being started."],
  [{ state: "ready" }, "The local chain is being started."],
  [{ state: "failed" }, "The local chain could not be started."],
])("says of %j why there is no network", (localnet, words) => {
  expect(networkWaitWords(localnet)).toBe(words);
});
