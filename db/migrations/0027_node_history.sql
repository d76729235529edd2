CREATE TABLE "validator_miss_cursors" (
	"setup_request_id" text PRIMARY KEY NOT NULL,
	"read_to_height_blocks" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "validator_miss_hours" (
	"setup_request_id" text NOT NULL,
	"hour_at" timestamp (3) with time zone NOT NULL,
	"cause" text NOT NULL,
	"missed_blocks" integer NOT NULL,
	CONSTRAINT "validator_miss_hours_setup_request_id_hour_at_cause_pk" PRIMARY KEY("setup_request_id","hour_at","cause")
);
--> statement-breakpoint
CREATE TABLE "validator_node_samples" (
	"source_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"setup_request_id" text,
	"cpu_percent_sum" integer NOT NULL,
	"cpu_looks" integer NOT NULL,
	"memory_bytes" bigint,
	"memory_percent" integer,
	"disk_used_bytes" bigint,
	"disk_percent" integer,
	"disk_free_bytes" bigint,
	"lag_blocks" integer,
	"peer_count" integer,
	CONSTRAINT "validator_node_samples_source_id_at_pk" PRIMARY KEY("source_id","at")
);
--> statement-breakpoint
CREATE TABLE "validator_node_spells" (
	"sequence" bigserial PRIMARY KEY NOT NULL,
	"source_id" text NOT NULL,
	"setup_request_id" text,
	"condition" text NOT NULL,
	"began_at" timestamp (3) with time zone NOT NULL,
	"last_look_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "chain_validator_samples" ADD COLUMN "delegator_count" integer;--> statement-breakpoint
ALTER TABLE "chain_validator_samples" ADD COLUMN "outstanding_rewards_base_units" numeric(78,0);--> statement-breakpoint
ALTER TABLE "chain_validator_samples" ADD COLUMN "outstanding_commission_base_units" numeric(78,0);--> statement-breakpoint
ALTER TABLE "chain_validator_samples" ADD COLUMN "apr_before_commission" text;--> statement-breakpoint
ALTER TABLE "validator_miss_cursors" ADD CONSTRAINT "validator_miss_cursors_setup_request_id_validator_setup_requests_id_fk" FOREIGN KEY ("setup_request_id") REFERENCES "public"."validator_setup_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "validator_miss_hours" ADD CONSTRAINT "validator_miss_hours_setup_request_id_validator_setup_requests_id_fk" FOREIGN KEY ("setup_request_id") REFERENCES "public"."validator_setup_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "validator_miss_hours_time_idx" ON "validator_miss_hours" USING btree ("hour_at");--> statement-breakpoint
CREATE INDEX "validator_node_samples_setup_idx" ON "validator_node_samples" USING btree ("setup_request_id","at");--> statement-breakpoint
CREATE INDEX "validator_node_samples_time_idx" ON "validator_node_samples" USING btree ("at");--> statement-breakpoint
CREATE INDEX "validator_node_spells_source_idx" ON "validator_node_spells" USING btree ("source_id","last_look_at");--> statement-breakpoint
CREATE INDEX "validator_node_spells_setup_idx" ON "validator_node_spells" USING btree ("setup_request_id","last_look_at");--> statement-breakpoint
CREATE INDEX "validator_node_spells_time_idx" ON "validator_node_spells" USING btree ("last_look_at");