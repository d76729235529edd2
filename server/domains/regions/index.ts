import "server-only";

export { countSlots } from "./count-slots";
export { getRegion } from "./get-region";
export { holdSlot } from "./hold-slot";
export { releaseSlot } from "./release-slot";
export { seedRegions } from "./seed-regions";
export { updateRegion } from "./update-region";
