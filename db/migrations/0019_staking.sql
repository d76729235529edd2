CREATE TYPE "public"."staking_act_status" AS ENUM('prepared', 'submitted', 'done', 'failed', 'expired', 'withdrawn');--> statement-breakpoint
CREATE TABLE "staking_acts" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"actor" text NOT NULL,
	"network_id" text NOT NULL,
	"signer_address" text NOT NULL,
	"kind" text NOT NULL,
	"operator_address" text,
	"proposal_id" bigint,
	"amount_base_units" numeric(78,0),
	"denom" text NOT NULL,
	"fee_base_units" numeric(78,0) NOT NULL,
	"sentences" jsonb NOT NULL,
	"fingerprint" text NOT NULL,
	"status" "staking_act_status" NOT NULL,
	"status_reason" text,
	"reason" text,
	"tx_hash" text,
	"height_blocks" bigint,
	"submitted_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "staking_acts_organization_idx" ON "staking_acts" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "staking_acts_hash_idx" ON "staking_acts" USING btree ("organization_id","tx_hash") WHERE "staking_acts"."tx_hash" is not null;--> statement-breakpoint
CREATE INDEX "staking_acts_open_idx" ON "staking_acts" USING btree ("id") WHERE "staking_acts"."status" in ('prepared', 'submitted', 'expired');