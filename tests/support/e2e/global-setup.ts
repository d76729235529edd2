import { startProduct } from "./product";

/** Brings the product up once for all journeys, or uses the one at E2E_BASE_URL, and leaves nothing running. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const product = await startProduct();
  process.env.E2E_BASE_URL = product.baseUrl;
  process.env.E2E_DATA_DIR = product.dataDir;
  return product.stop;
}
