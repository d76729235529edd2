import type { State } from "@/components/state/state";
import { StateMark } from "@/components/state/state-mark";
import { classNames } from "@/components/ui/class-names";
import { LAND_OUTLINE, MAP_HEIGHT, MAP_WIDTH } from "./land-outline";
import { isLabelLeft, placeOnMap } from "./map-geometry";

/** One mark of a {@link RegionMap}. */
export type MapPlace = {
  readonly code: string;
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly state: State;
  /** Cannot be chosen. */
  readonly isClosed?: boolean;
};

type RegionMapProps = {
  places: readonly MapPlace[];
  /** The map in words: what stands beside it says the rest. */
  summary: string;
  chosen?: string | undefined;
  /** A click on a mark chooses it; the list beside the map is what keyboards and readers choose by. */
  onChoose?: (code: string) => void;
};

const HALF_MARK = 6;
const REACH = 16;
const LABEL_GAP = 11;

/** Where regions lie, on land drawn by us: no tile server, no script, eight kilobytes. */
export function RegionMap({ places, summary, chosen, onChoose }: RegionMapProps) {
  const points = places.map(placeOnMap);
  return (
    <svg
      viewBox={`0 0 ${MAP_WIDTH} ${MAP_HEIGHT}`}
      role="img"
      aria-label={summary}
      className="block h-auto w-full rounded-md border bg-sunken"
    >
      <path d={LAND_OUTLINE} className="fill-line" />
      {places.map((place) => {
        const point = placeOnMap(place);
        const { x, y } = point;
        const isChosen = place.code === chosen;
        const isLeft = isLabelLeft(point, points);
        const canChoose = onChoose !== undefined && place.isClosed !== true;
        return (
          <g
            key={place.code}
            transform={`translate(${x} ${y})`}
            className={canChoose ? "cursor-pointer" : undefined}
            {...(canChoose ? { onClick: () => onChoose(place.code) } : {})}
          >
            <circle r={REACH} className="fill-transparent" />
            {isChosen ? <circle r={10} fill="none" strokeWidth={2} className="stroke-accent" /> : null}
            <g transform={`translate(${-HALF_MARK} ${-HALF_MARK})`}>
              <StateMark state={place.state} />
            </g>
            <text
              x={isLeft ? -LABEL_GAP : LABEL_GAP}
              y={4}
              textAnchor={isLeft ? "end" : "start"}
              className={classNames(
                "hidden text-xs sm:block",
                isChosen ? "fill-accent font-medium" : place.isClosed ? "fill-ink-muted" : "fill-ink",
              )}
            >
              {place.name}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
