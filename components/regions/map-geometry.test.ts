import { expect, it } from "vitest";
import { REGION_SEEDS } from "@/server/domains/regions/constants";
import { LAND_OUTLINE, MAP_HEIGHT, MAP_WIDTH } from "./land-outline";
import { isLabelLeft, placeOnMap } from "./map-geometry";

type Point = { readonly x: number; readonly y: number };

/** The closed rings of the outline, in the drawing's units. */
const rings: readonly (readonly Point[])[] = LAND_OUTLINE.split("z")
  .filter((path) => path !== "")
  .map((path) => {
    const [start = "", steps = ""] = path.slice(1).split("l");
    const numbers = (text: string) => (text.match(/-?\d+/g) ?? []).map(Number);
    const [x = 0, y = 0] = numbers(start);
    const points = [{ x, y }];
    const moves = numbers(steps);
    for (let index = 0; index < moves.length; index += 2) {
      const last = points.at(-1) ?? { x, y };
      points.push({ x: last.x + (moves[index] ?? 0), y: last.y + (moves[index + 1] ?? 0) });
    }
    return points;
  });

/** Whether a ray to the right crosses the ring an odd number of times. */
function isInside({ x, y }: Point, ring: readonly Point[]): boolean {
  return ring.reduce((inside, from, index) => {
    const to = ring[(index + 1) % ring.length] ?? from;
    const crosses = from.y > y !== to.y > y && x < ((to.x - from.x) * (y - from.y)) / (to.y - from.y) + from.x;
    return crosses ? !inside : inside;
  }, false);
}
const isLand = (place: { latitude: number; longitude: number }) =>
  rings.some((ring) => isInside(placeOnMap(place), ring));

it.each([
  ["Frankfurt", 50.11, 8.68, true],
  ["Oregon", 45.84, -119.7, true],
  ["Alice Springs", -23.7, 133.88, true],
  ["the middle of the Atlantic", 30, -45, false],
  ["the middle of the Pacific", 0, -150, false],
  ["the Gulf of Guinea", 0, 0, false],
])("%s is land: %s", (_, latitude, longitude, expected) => {
  expect(isLand({ latitude, longitude })).toBe(expected);
});

it("the drawing holds every region, and nothing of it crosses the whole map", () => {
  for (const region of REGION_SEEDS) {
    const { x, y } = placeOnMap(region);
    expect(x).toBeGreaterThan(0);
    expect(x).toBeLessThan(MAP_WIDTH);
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(MAP_HEIGHT);
  }
  expect(rings.length).toBeGreaterThan(40);
  const widest = Math.max(
    ...rings.flatMap((ring) => ring.slice(1).map((point, index) => Math.abs(point.x - (ring[index]?.x ?? point.x)))),
  );
  expect(widest).toBeLessThan(MAP_WIDTH / 4);
  expect(LAND_OUTLINE.length).toBeLessThan(8_192);
});

it("no label is written over another region's mark", () => {
  const points = REGION_SEEDS.map(placeOnMap);
  const sideOf = (code: string) => {
    const index = REGION_SEEDS.findIndex((seed) => seed.code === code);
    const point = points[index];
    if (!point) throw new Error(`no region is called ${code}`);
    return isLabelLeft(point, points) ? "left" : "right";
  };
  expect(["eu-west", "eu-central", "us-west", "us-east", "australia"].map(sideOf)).toEqual([
    "left",
    "right",
    "left",
    "right",
    "left",
  ]);
});
