CREATE TABLE "component_days" (
	"component" text NOT NULL,
	"day" date NOT NULL,
	"ok_looks" integer DEFAULT 0 NOT NULL,
	"degraded_looks" integer DEFAULT 0 NOT NULL,
	"down_looks" integer DEFAULT 0 NOT NULL,
	"unknown_looks" integer DEFAULT 0 NOT NULL,
	"last_status" text NOT NULL,
	"last_reason" text,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "component_days_component_day_pk" PRIMARY KEY("component","day")
);
--> statement-breakpoint
ALTER TABLE "validator_setup_requests" ADD COLUMN "published_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "validator_setup_requests" ADD COLUMN "first_signed_height" bigint;--> statement-breakpoint
ALTER TABLE "validator_setup_requests" ADD COLUMN "first_signed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "validator_setup_requests" ADD COLUMN "first_signed_hash" text;--> statement-breakpoint
CREATE INDEX "provisioning_events_refused_idx" ON "provisioning_events" USING btree ("at") WHERE "provisioning_events"."details" ->> 'code' = 'validators.sign_state_refused';--> statement-breakpoint
CREATE INDEX "validator_setup_requests_public_idx" ON "validator_setup_requests" USING btree ("operator_address") WHERE "validator_setup_requests"."published_at" is not null;--> statement-breakpoint
UPDATE "provisioning_events" SET "details" = "details" || '{"code": "validators.sign_state_refused"}'::jsonb WHERE "event_type" = 'failed' AND "message" LIKE 'The volume%sign state%it stays down.%' OR "event_type" = 'failed' AND "message" LIKE 'The volume%sign state%It stays down.%';
