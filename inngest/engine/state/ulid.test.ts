import { expect, it } from "vitest";
import { createUlidSource, seededUlid, ulidOf } from "./ulid";

it("encodes the time as the reference does", () => {
  // The example of https://github.com/ulid/spec
  expect(ulidOf(1_469_922_850_259, (1n << 80n) - 1n)).toBe("01ARZ3NDEKZZZZZZZZZZZZZZZZ");
});

it("rises strictly, also when the clock goes back", () => {
  const times = [5, 5, 3, 4, 6].map((ms) => new Date(1_700_000_000_000 + ms));
  const newId = createUlidSource(() => times.shift() ?? new Date(1_700_000_000_000));
  const ids = Array.from({ length: 8 }, newId);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

it("gives the same ids to a request that is sent again", () => {
  const seed = "1795230085402,sSEZR3aVfli3fQ==";
  // What a real server answered to this seed.
  expect(seededUlid(seed, 0)).toBe("01M7Y0TC8TP4GHJHVPJNZ5HDVY");
  expect(seededUlid(seed, 1)).toBe("01M7Y0TC8TP4GHJHVPJNZ5HDVZ");
  expect(seededUlid("x,y", 0)).toBeUndefined();
  expect(seededUlid(undefined, 0)).toBeUndefined();
});
