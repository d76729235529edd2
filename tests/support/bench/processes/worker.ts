import { createTestClient, startTestApp } from "../../engine/test-app";

/* An app in a process of its own, which is killed while it works: eight steps of a quarter of a second, and a line for each as it begins. */
const STEPS = 8;
const STEP_MS = 250;

const client = createTestClient("bench-worker", process.env.ENGINE_URL ?? "");
const work = client.createFunction({ id: "work", triggers: { event: "bench/work" } }, async ({ step }) => {
  for (let place = 0; place < STEPS; place += 1) {
    await step.run(`step ${place}`, async () => {
      process.stdout.write(`step ${place} ${Date.now()}\n`);
      await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    });
  }
  process.stdout.write("ended\n");
});
const app = await startTestApp(client, [work], Number(process.env.PORT));
const { status, message } = await app.register();
if (status !== 200) throw new Error(message);
process.stdout.write("ready\n");
