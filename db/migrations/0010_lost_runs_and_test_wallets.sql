CREATE TABLE "test_wallets" (
	"address" text PRIMARY KEY NOT NULL,
	"marked_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "validator_nodes" ADD COLUMN "operation_run_id" text;--> statement-breakpoint
ALTER TABLE "validator_nodes" ADD COLUMN "operation_heard_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "validator_setup_requests" ADD COLUMN "resent_at" timestamp (3) with time zone;--> statement-breakpoint
UPDATE "validator_nodes" SET "operation_heard_at" = "operation_started_at" WHERE "operation" IS NOT NULL;
