import { z } from "zod";

/** The parts of Engine API 1.41 answers that are read; everything else is dropped. */
export const versionSchema = z.object({ Version: z.string(), ApiVersion: z.string() });

export const infoSchema = z.object({ DockerRootDir: z.string() });

export const containerSchema = z.object({
  Id: z.string(),
  Image: z.string(),
  RestartCount: z.int(),
  State: z.object({
    Status: z.string(),
    Pid: z.int(),
    ExitCode: z.int(),
    StartedAt: z.string(),
  }),
  Config: z.object({ Labels: z.record(z.string(), z.string()).nullable() }),
  HostConfig: z.object({ RestartPolicy: z.object({ Name: z.string() }) }),
  NetworkSettings: z.object({
    Networks: z.record(z.string(), z.object({ IPAddress: z.string() })).nullable(),
    Ports: z.record(z.string(), z.array(z.object({ HostIp: z.string(), HostPort: z.string() })).nullable()).nullable(),
  }),
});
export type ContainerFacts = z.infer<typeof containerSchema>;

export const containerListSchema = z.array(
  z.object({
    Id: z.string(),
    State: z.string(),
    Labels: z.record(z.string(), z.string()).nullable(),
  }),
);
export type ListedContainer = z.infer<typeof containerListSchema>[number];

export const volumeSchema = z.object({ Name: z.string(), Labels: z.record(z.string(), z.string()).nullable() });

export const volumeListSchema = z.object({ Volumes: z.array(volumeSchema).nullable() });

export const networkSchema = z.object({
  Id: z.string(),
  Name: z.string(),
  Created: z.string(),
  Labels: z.record(z.string(), z.string()).nullable(),
  IPAM: z.object({ Config: z.array(z.object({ Gateway: z.string().optional() })).nullable() }),
});
export type NetworkFacts = z.infer<typeof networkSchema>;

export const imageSchema = z.object({ Id: z.string() });

export const waitSchema = z.object({ StatusCode: z.int() });

const cpuSchema = z.object({
  cpu_usage: z.object({ total_usage: z.number() }),
  system_cpu_usage: z.number().optional(),
  online_cpus: z.number().optional(),
});

export const usageSchema = z.object({
  cpu_stats: cpuSchema,
  precpu_stats: cpuSchema,
  memory_stats: z.object({
    usage: z.number().optional(),
    stats: z.object({ inactive_file: z.number().optional(), total_inactive_file: z.number().optional() }).optional(),
  }),
});
export type ContainerUsage = z.infer<typeof usageSchema>;

export const diskUsageSchema = z.object({
  Volumes: z.array(z.object({ Name: z.string(), UsageData: z.object({ Size: z.number() }).nullish() })).nullable(),
});

/** The `X-Docker-Container-Path-Stat` header, base64 JSON; `mode` is Go's os.FileMode, whose low nine bits are the permissions. */
export const pathStatSchema = z.object({ name: z.string(), size: z.number(), mode: z.number() });

export const importLineSchema = z.object({ status: z.string().optional(), error: z.string().optional() });
