import { startChannelDoubles } from "./channel-doubles";
import { startProduct } from "./product";

/** Brings the product up once for all journeys, or uses the one at E2E_BASE_URL, and leaves nothing running. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  // One that was started elsewhere knows only the doubles that its starter named.
  if (process.env.E2E_BASE_URL) return async () => undefined;
  const doubles = await startChannelDoubles();
  const product = await startProduct(doubles.settings).catch(async (thrown: unknown) => {
    await doubles.close();
    throw thrown;
  });
  process.env.E2E_BASE_URL = product.baseUrl;
  process.env.E2E_DATA_DIR = product.dataDir;
  process.env.E2E_DOUBLES_URL = doubles.askUrl;
  process.env.E2E_RECEIVER_URL = doubles.receiverUrl;
  return async () => {
    await product.stop();
    await doubles.close();
  };
}
