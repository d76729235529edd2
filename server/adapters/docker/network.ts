import { runtimeRefused } from "@/server/ports/node-host-errors";
import type { DockerApi } from "./docker-api";
import { type DockerHostSettings, LABEL, networkName } from "./docker-names";

/**
 * The installation's private bridge network and the address under which its containers reach this host. Containers on it cannot reach one
 * another (RPC listens there), only the host and, over published ports, each other's P2P. The Engine does not keep names unique under a race, so
 * of several the oldest stays.
 */
export async function ensureNetwork(api: DockerApi, settings: DockerHostSettings): Promise<{ gateway: string }> {
  const name = networkName(settings);
  const label = `${LABEL.installation}=${settings.installationId}`;
  const ours = async () => (await api.listNetworks(label)).filter((network) => network.Name === name);
  if ((await ours()).length === 0) {
    await api.createNetwork(
      name,
      { [LABEL.installation]: settings.installationId },
      {
        "com.docker.network.bridge.enable_icc": "false",
      },
    );
  }
  const found = (await ours()).sort(
    (left, right) => left.Created.localeCompare(right.Created) || left.Id.localeCompare(right.Id),
  );
  for (const extra of found.slice(1)) await api.removeNetwork(extra.Id);
  const gateway = found[0]?.IPAM.Config?.[0]?.Gateway;
  if (gateway === undefined) throw runtimeRefused("refused", { rawCode: "network_without_gateway" });
  return { gateway };
}
