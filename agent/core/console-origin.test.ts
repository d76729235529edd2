import { describe, expect, it } from "vitest";
import { consoleOrigin } from "./console-origin";

describe("the console's address", () => {
  it.each([
    ["https://cloud.example.org/o/acme", "https://cloud.example.org"],
    ["http://localhost:3000", "http://localhost:3000"],
    ["http://127.0.0.1:3000/", "http://127.0.0.1:3000"],
    ["http://[::1]:3000", "http://[::1]:3000"],
  ])("%s is %s", (text, origin) => {
    expect(consoleOrigin(text)).toBe(origin);
  });

  it.each([
    "http://cloud.example.org",
    "http://localhost.example.org",
    "http://127.0.0.1.example.org",
    "ftp://localhost",
    "cloud.example.org",
    "",
  ])("%s is refused", (text) => {
    expect(() => consoleOrigin(text)).toThrow(/--url/);
  });
});
