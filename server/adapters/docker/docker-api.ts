import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import Docker from "dockerode";
import { runtimeUnavailable } from "@/server/ports/node-host-errors";
import {
  type ContainerFacts,
  type ContainerUsage,
  containerListSchema,
  containerSchema,
  diskUsageSchema,
  imageSchema,
  importLineSchema,
  infoSchema,
  type ListedContainer,
  type NetworkFacts,
  networkSchema,
  pathStatSchema,
  usageSchema,
  versionSchema,
  volumeListSchema,
  volumeSchema,
  waitSchema,
} from "./docker-schemas";
import { type TarEntry, tarChunks } from "./tar";
import { statusCodeOf } from "./transform";
import { requireWholeAnswers } from "./whole-answers";

const PING_MS = 2_000;

async function orNull<Answer>(status: number, call: Promise<Answer>): Promise<Answer | null> {
  try {
    return await call;
  } catch (thrown) {
    if (statusCodeOf(thrown) === status) return null;
    throw thrown;
  }
}

async function readAll(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** dockerode's ping and df take options too (lib/docker.js, 5.0); its published types know their callback form only. */
type WithOptions = {
  ping(options: { abortSignal: AbortSignal }): Promise<unknown>;
  df(options: { abortSignal: AbortSignal }): Promise<unknown>;
};
// Cast: the published types of dockerode leave out the options that its methods take.
const withOptions = (client: Docker): WithOptions => client as unknown as WithOptions;

export type ContainerQuery = { readonly labels: readonly string[]; readonly volume?: string };

/**
 * The Engine's API as far as the host needs it: calls go over one socket path, which is first touched by the first call, and answers are
 * checked before they are believed. "Not there" is null, "there already" is a word; everything else is thrown as dockerode throws it.
 */
export function createDockerApi(socketPath: string) {
  let client: Docker | undefined;
  const docker = (): Docker => {
    client ??= requireWholeAnswers(new Docker({ socketPath }));
    return client;
  };
  const container = (id: string) => docker().getContainer(id);

  return {
    /** Answers within two seconds or throws `runtime.unavailable`, also when a frozen engine accepts the connection and then says nothing. */
    ping: async (): Promise<void> => {
      try {
        await withOptions(docker()).ping({ abortSignal: AbortSignal.timeout(PING_MS) });
      } catch (thrown) {
        throw runtimeUnavailable("The Docker Engine", thrown);
      }
    },
    version: async () => versionSchema.parse(await docker().version()),
    info: async () => infoSchema.parse(await docker().info()),

    inspectContainer: async (id: string): Promise<ContainerFacts | null> => {
      const found = await orNull(404, container(id).inspect());
      return found === null ? null : containerSchema.parse(found);
    },
    listContainers: async (query: ContainerQuery): Promise<ListedContainer[]> => {
      const filters = { label: [...query.labels], ...(query.volume === undefined ? {} : { volume: [query.volume] }) };
      return containerListSchema.parse(await docker().listContainers({ all: true, filters }));
    },
    /** The new container's id; null when the name is taken. */
    createContainer: async (options: Docker.ContainerCreateOptions): Promise<string | null> => {
      const made = await orNull(409, docker().createContainer({ ...options }));
      return made?.id ?? null;
    },
    startContainer: async (id: string): Promise<void> => {
      await orNull(304, container(id).start());
    },
    stopContainer: async (id: string, graceSeconds: number): Promise<void> => {
      await orNull(404, orNull(304, container(id).stop({ t: graceSeconds })));
    },
    updateRestartPolicy: async (id: string, policy: string): Promise<void> => {
      await container(id).update({ RestartPolicy: { Name: policy } });
    },
    /** Gone when this resolves, also when another call is removing it right now (409). */
    removeContainer: async (id: string): Promise<void> => {
      await orNull(409, orNull(404, container(id).remove({ force: true, v: false })));
    },
    waitForExit: async (id: string, signal: AbortSignal): Promise<number | null> => {
      const ended = await orNull(404, container(id).wait({ abortSignal: signal }));
      return ended === null ? null : waitSchema.parse(ended).StatusCode;
    },
    containerUsage: async (id: string): Promise<ContainerUsage> =>
      usageSchema.parse(await container(id).stats({ stream: false })),
    /** The multiplexed log as a stream, with timestamps; it ends with the container's run when `follow` is set, at its end otherwise. */
    containerLogs: async (
      id: string,
      options: { tail?: number; sinceSeconds?: string; follow: boolean; signal: AbortSignal },
    ): Promise<NodeJS.ReadableStream> => {
      const query = {
        stdout: true,
        stderr: true,
        timestamps: true,
        ...(options.tail === undefined ? {} : { tail: options.tail }),
        ...(options.sinceSeconds === undefined ? {} : { since: Number(options.sinceSeconds) }),
        abortSignal: options.signal,
      };
      if (options.follow) return await container(id).logs({ ...query, follow: true });
      return Readable.from([await container(id).logs({ ...query, follow: false })]);
    },

    putFiles: async (id: string, directory: string, entries: readonly TarEntry[]): Promise<void> => {
      await container(id).putArchive(Readable.from(tarChunks(entries), { objectMode: false }), { path: directory });
    },
    /** A tar archive of the one path; null when there is no such path. */
    getArchive: async (id: string, path: string): Promise<Buffer | null> => {
      const stream = await orNull(404, container(id).getArchive({ path }));
      return stream === null ? null : await readAll(stream);
    },
    openArchive: async (id: string, path: string): Promise<NodeJS.ReadableStream | null> =>
      await orNull(404, container(id).getArchive({ path })),
    statPath: async (id: string, path: string): Promise<{ mode: number; sizeBytes: number } | null> => {
      const answer: IncomingMessage | null = await orNull(404, container(id).infoArchive({ path }));
      if (answer === null) return null;
      answer.resume();
      const head = String(answer.headers["x-docker-container-path-stat"] ?? "");
      const found = pathStatSchema.parse(JSON.parse(Buffer.from(head, "base64").toString("utf8")));
      return { mode: found.mode & 0o777, sizeBytes: found.size };
    },

    inspectImage: async (name: string): Promise<{ Id: string } | null> => {
      const found = await orNull(404, docker().getImage(name).inspect());
      return found === null ? null : imageSchema.parse(found);
    },
    /** Makes an image of one layer out of the entries; no builder and no registry take part. */
    importImage: async (repository: string, tag: string, entries: readonly TarEntry[]): Promise<void> => {
      const archive = Readable.from(tarChunks(entries), { objectMode: false });
      const answer = await readAll(await docker().importImage(archive, { repo: repository, tag }));
      for (const line of answer.toString("utf8").split("\n")) {
        if (line.trim() === "") continue;
        const { error } = importLineSchema.parse(JSON.parse(line));
        if (error !== undefined) throw new Error(`The image import failed: ${error}`);
      }
    },
    removeImage: async (name: string): Promise<void> => {
      await orNull(404, docker().getImage(name).remove({ force: true }));
    },

    inspectVolume: async (name: string) => {
      const found = await orNull(404, docker().getVolume(name).inspect());
      return found === null ? null : volumeSchema.parse(found);
    },
    createVolume: async (name: string, labels: Record<string, string>): Promise<void> => {
      await docker().createVolume({ Name: name, Labels: labels });
    },
    removeVolume: async (name: string): Promise<void> => {
      await orNull(404, docker().getVolume(name).remove());
    },
    listVolumes: async (label: string) =>
      volumeListSchema.parse(await docker().listVolumes({ filters: { label: [label] } })).Volumes ?? [],
    volumeBytes: async (name: string, signal: AbortSignal): Promise<number | null> => {
      const usage = diskUsageSchema.parse(await withOptions(docker()).df({ abortSignal: signal }));
      const size = usage.Volumes?.find((volume) => volume.Name === name)?.UsageData?.Size ?? -1;
      return size < 0 ? null : size;
    },

    listNetworks: async (label: string): Promise<NetworkFacts[]> => {
      const found = await docker().listNetworks({ filters: { label: [label] } });
      return networkSchema.array().parse(found);
    },
    createNetwork: async (
      name: string,
      labels: Record<string, string>,
      options: Record<string, string>,
    ): Promise<void> => {
      await orNull(
        409,
        docker().createNetwork({
          Name: name,
          Driver: "bridge",
          CheckDuplicate: true,
          Labels: labels,
          Options: options,
        }),
      );
    },
    removeNetwork: async (id: string): Promise<void> => {
      await orNull(404, docker().getNetwork(id).remove());
    },
  };
}

export type DockerApi = ReturnType<typeof createDockerApi>;
