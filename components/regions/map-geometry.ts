import { MAP_NORTH_DEGREES, MAP_UNITS_PER_DEGREE, MAP_WIDTH } from "./land-outline";

/** Where a place lies in the drawing: plate carrée, so that one degree is as wide as it is high. */
export const placeOnMap = ({ latitude, longitude }: { readonly latitude: number; readonly longitude: number }) => ({
  x: (longitude + 180) * MAP_UNITS_PER_DEGREE,
  y: (MAP_NORTH_DEGREES - latitude) * MAP_UNITS_PER_DEGREE,
});

/** What a label takes beside its mark, in the drawing's units. */
const LABEL_WIDTH = 100;
const LABEL_HEIGHT = 16;

type Point = { readonly x: number; readonly y: number };

/** Labels stand right of their mark, but left of it where the drawing ends or another mark would be written over. */
export const isLabelLeft = (point: Point, all: readonly Point[]): boolean =>
  point.x > MAP_WIDTH - LABEL_WIDTH ||
  all.some(
    (other) => other.x > point.x && other.x - point.x < LABEL_WIDTH && Math.abs(other.y - point.y) < LABEL_HEIGHT,
  );
