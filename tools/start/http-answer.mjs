import { get } from "node:http";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** The status code that a URL on this machine answers with, or undefined when nothing answers in time. */
export function httpStatus(url, { timeoutMs = 2_000, socketPath } = {}) {
  return new Promise((resolve) => {
    const request = get(
      url,
      { timeout: timeoutMs, agent: false, ...(socketPath ? { socketPath } : {}) },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(undefined));
  });
}

/** True when something accepts connections on that port of 127.0.0.1. */
export function isListening(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", timeout: 1_000 });
    const settle = (answer) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", settle(true)).once("error", settle(false)).once("timeout", settle(false));
  });
}

/** Asks `check` every 100 ms until it is true; false when the time is over or `giveUp` says so. */
export async function waitUntil(check, { timeoutMs, signal, giveUp = () => false }) {
  const deadlineMs = Date.now() + timeoutMs;
  while (Date.now() < deadlineMs) {
    if (await check()) return true;
    if (giveUp()) return false;
    await delay(100, undefined, { signal });
  }
  return false;
}
