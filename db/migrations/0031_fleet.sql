CREATE TYPE "public"."fleet_bulk_row_status" AS ENUM('waiting', 'under_way', 'done', 'failed', 'refused', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."fleet_bulk_run_status" AS ENUM('running', 'paused', 'cancelling', 'cancelled', 'done');--> statement-breakpoint
CREATE TABLE "fleet_bulk_rows" (
	"id" text PRIMARY KEY NOT NULL,
	"bulk_run_id" text NOT NULL,
	"position" integer NOT NULL,
	"setup_request_id" text NOT NULL,
	"node_id" text,
	"organization_id" text NOT NULL,
	"network_id" text NOT NULL,
	"validator_name" text NOT NULL,
	"power_base_units" numeric(78,0),
	"status" "fleet_bulk_row_status" NOT NULL,
	"status_reason" text,
	"sentence" text NOT NULL,
	"node_generation" integer,
	"asked_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "fleet_bulk_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"act" text NOT NULL,
	"status" "fleet_bulk_run_status" NOT NULL,
	"generation" integer DEFAULT 1 NOT NULL,
	"reason" text NOT NULL,
	"started_by" text NOT NULL,
	"at_once" integer NOT NULL,
	"max_power_percent" integer NOT NULL,
	"may_jail" boolean NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "validator_nodes" ADD COLUMN "held_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "validator_nodes" ADD COLUMN "held_reason" text;--> statement-breakpoint
ALTER TABLE "fleet_bulk_rows" ADD CONSTRAINT "fleet_bulk_rows_bulk_run_id_fleet_bulk_runs_id_fk" FOREIGN KEY ("bulk_run_id") REFERENCES "public"."fleet_bulk_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "fleet_bulk_rows_position_uq" ON "fleet_bulk_rows" USING btree ("bulk_run_id","position");--> statement-breakpoint
CREATE INDEX "fleet_bulk_rows_status_idx" ON "fleet_bulk_rows" USING btree ("bulk_run_id","status","position");--> statement-breakpoint
CREATE INDEX "fleet_bulk_runs_created_idx" ON "fleet_bulk_runs" USING btree ("created_at","id");