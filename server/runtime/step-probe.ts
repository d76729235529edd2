/** Where a durable function stands; told to the probe at each point at which a process may die. */
export type StepPoint = { readonly functionId: string; readonly stepId: string; readonly phase: "before" | "after" };

let probe: ((point: StepPoint) => Promise<void>) | undefined;

/** Watches every step of this process; what the kill tests install to die at a chosen point. Nothing is installed in production. @internal */
export function installStepProbe(next: (point: StepPoint) => Promise<void>): void {
  probe = next;
}

/** Tells the probe, when there is one. */
export async function passStep(point: StepPoint): Promise<void> {
  await probe?.(point);
}
