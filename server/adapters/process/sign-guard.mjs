import { readFileSync, statSync } from "node:fs";
import { compareSignStates, parseSignState } from "../../../lib/node-config/sign-state.mjs";
import { writeDurably } from "../../../lib/os/durable-file.mjs";
import { volumePaths } from "./node-layout.mjs";

function readText(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

export function readSignState(volumeDir) {
  const text = readText(volumePaths(volumeDir).signState);
  if (text === undefined) return { problem: "sign_state_missing" };
  const state = parseSignState(text);
  return state === null ? { problem: "sign_state_invalid" } : { state };
}

export function checkSigner(volumeDir) {
  const paths = volumePaths(volumeDir);
  let key;
  try {
    key = statSync(paths.key);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    return { problem: "key_missing" };
  }
  if ((key.mode & 0o077) !== 0) return { problem: "private_key_exposed" };
  const { state, problem } = readSignState(volumeDir);
  if (problem !== undefined) return { problem };
  const markText = readText(paths.signMark);
  const mark = markText === undefined ? undefined : parseSignState(markText);
  if (mark === null) return { problem: "sign_state_invalid" };
  if (mark !== undefined && compareSignStates(state, mark) < 0) return { problem: "sign_state_regressed" };
  if (mark === undefined || compareSignStates(state, mark) > 0) writeDurably(paths.signMark, JSON.stringify(state));
  return { state };
}
