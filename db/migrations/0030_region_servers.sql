CREATE TYPE "public"."server_placement" AS ENUM('open', 'draining', 'drained');--> statement-breakpoint
CREATE TYPE "public"."server_status" AS ENUM('provisioning', 'active', 'degraded', 'offline', 'decommissioned');--> statement-breakpoint
CREATE TABLE "region_health" (
	"region_id" text NOT NULL,
	"span" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"total_servers" integer NOT NULL,
	"healthy_servers" integer NOT NULL,
	"warning_servers" integer NOT NULL,
	"error_servers" integer NOT NULL,
	"success_percent" real,
	"latency_ms" real,
	"healthy_percent" real,
	"cpu_percent" real,
	"memory_percent" real,
	"disk_percent" real,
	"node_count" integer,
	"score" real,
	CONSTRAINT "region_health_region_id_span_at_pk" PRIMARY KEY("region_id","span","at")
);
--> statement-breakpoint
CREATE TABLE "region_servers" (
	"id" text PRIMARY KEY NOT NULL,
	"region_id" text NOT NULL,
	"hostname" text NOT NULL,
	"ip_address" text NOT NULL,
	"internal_ip" text,
	"provider" text NOT NULL,
	"provider_instance_id" text,
	"availability_zone" text,
	"machine_type" text NOT NULL,
	"cpu_cores" integer NOT NULL,
	"memory_gb" integer NOT NULL,
	"disk_gb" integer NOT NULL,
	"max_validators" integer NOT NULL,
	"tags" jsonb NOT NULL,
	"status" "server_status" DEFAULT 'provisioning' NOT NULL,
	"placement" "server_placement" DEFAULT 'open' NOT NULL,
	"agent_id" text,
	"agent_version" text,
	"enrolled_at" timestamp (3) with time zone,
	"last_heartbeat_at" timestamp (3) with time zone,
	"cpu_percent" real,
	"memory_percent" real,
	"disk_percent" real,
	"load_average" real,
	"round_trip_ms" integer,
	"uptime_seconds" integer,
	"nodes" jsonb,
	"placement_changed_at" timestamp (3) with time zone,
	"decommissioned_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "server_samples" (
	"server_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"cpu_percent" real,
	"memory_percent" real,
	"disk_percent" real,
	"load_average" real,
	"round_trip_ms" integer,
	"node_count" integer,
	CONSTRAINT "server_samples_server_id_at_pk" PRIMARY KEY("server_id","at")
);
--> statement-breakpoint
ALTER TABLE "region_allocations" ADD COLUMN "tier_code" text;--> statement-breakpoint
ALTER TABLE "region_health" ADD CONSTRAINT "region_health_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "region_servers" ADD CONSTRAINT "region_servers_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "server_samples" ADD CONSTRAINT "server_samples_server_id_region_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."region_servers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "region_health_at_idx" ON "region_health" USING btree ("span","at");--> statement-breakpoint
CREATE UNIQUE INDEX "region_servers_hostname_uq" ON "region_servers" USING btree ("hostname") WHERE "region_servers"."status" <> 'decommissioned';--> statement-breakpoint
CREATE INDEX "region_servers_region_idx" ON "region_servers" USING btree ("region_id","created_at","id");--> statement-breakpoint
CREATE INDEX "region_servers_silent_idx" ON "region_servers" USING btree ("last_heartbeat_at") WHERE "region_servers"."status" in ('active', 'degraded');--> statement-breakpoint
CREATE INDEX "server_samples_at_idx" ON "server_samples" USING btree ("at");