import { expect, it } from "vitest";
import { failureWords } from "./failure-words";

it("names the database where it was the database, and a fault of ours where it was not", () => {
  expect(failureWords("kernel.database_unavailable").title).toBe("The database does not answer");
  expect(failureWords("kernel.database_unavailable").sentence).not.toMatch(/fault/);
  for (const digest of ["1234567", undefined]) expect(failureWords(digest).sentence).toMatch(/A fault on our side/);
});
