import { MAP_NORTH_DEGREES, MAP_UNITS_PER_DEGREE } from "./land-outline";

/** Where a place lies in the drawing: plate carrée, so that one degree is as wide as it is high. */
export const placeOnMap = ({ latitude, longitude }: { readonly latitude: number; readonly longitude: number }) => ({
  x: (longitude + 180) * MAP_UNITS_PER_DEGREE,
  y: (MAP_NORTH_DEGREES - latitude) * MAP_UNITS_PER_DEGREE,
});
