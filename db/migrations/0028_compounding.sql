CREATE TYPE "public"."staking_compound_run_status" AS ENUM('sent', 'done', 'failed', 'expired');--> statement-breakpoint
CREATE TYPE "public"."staking_compound_status" AS ENUM('active', 'paused', 'ended');--> statement-breakpoint
CREATE TABLE "staking_compound_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"compound_id" text NOT NULL,
	"amount_base_units" numeric(78,0) NOT NULL,
	"fee_base_units" numeric(78,0) NOT NULL,
	"denom" text NOT NULL,
	"status" "staking_compound_run_status" NOT NULL,
	"status_reason" text,
	"reason" text,
	"tx_hash" text NOT NULL,
	"height_blocks" bigint,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staking_compounders" (
	"network_id" text PRIMARY KEY NOT NULL,
	"address" text NOT NULL,
	"pubkey_base64" text NOT NULL,
	"sealed_key" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staking_compounds" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"network_id" text NOT NULL,
	"delegator_address" text NOT NULL,
	"operator_address" text NOT NULL,
	"grantee_address" text NOT NULL,
	"denom" text NOT NULL,
	"act_id" text NOT NULL,
	"status" "staking_compound_status" NOT NULL,
	"status_reason" text,
	"granted_until" timestamp (3) with time zone,
	"looked_at" timestamp (3) with time zone,
	"waits_for" text,
	"next_look_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "staking_compound_runs" ADD CONSTRAINT "staking_compound_runs_compound_id_staking_compounds_id_fk" FOREIGN KEY ("compound_id") REFERENCES "public"."staking_compounds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "staking_compound_runs_open_uq" ON "staking_compound_runs" USING btree ("compound_id") WHERE "staking_compound_runs"."status" = 'sent';--> statement-breakpoint
CREATE INDEX "staking_compound_runs_compound_idx" ON "staking_compound_runs" USING btree ("compound_id","created_at","id");--> statement-breakpoint
CREATE INDEX "staking_compound_runs_unsettled_idx" ON "staking_compound_runs" USING btree ("id") WHERE "staking_compound_runs"."status" in ('sent', 'expired');--> statement-breakpoint
CREATE UNIQUE INDEX "staking_compounds_live_uq" ON "staking_compounds" USING btree ("network_id","delegator_address") WHERE "staking_compounds"."status" <> 'ended';--> statement-breakpoint
CREATE INDEX "staking_compounds_due_idx" ON "staking_compounds" USING btree ("id") WHERE "staking_compounds"."status" = 'active';--> statement-breakpoint
CREATE INDEX "staking_compounds_organization_idx" ON "staking_compounds" USING btree ("organization_id","delegator_address","created_at");