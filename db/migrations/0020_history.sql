CREATE TABLE "chain_hours" (
	"network_id" text NOT NULL,
	"hour_at" timestamp (3) with time zone NOT NULL,
	"recorded_blocks" integer NOT NULL,
	CONSTRAINT "chain_hours_network_id_hour_at_pk" PRIMARY KEY("network_id","hour_at")
);
--> statement-breakpoint
CREATE TABLE "chain_validator_hours" (
	"network_id" text NOT NULL,
	"consensus_address_hex" text NOT NULL,
	"hour_at" timestamp (3) with time zone NOT NULL,
	"signed_blocks" integer NOT NULL,
	"missed_blocks" integer NOT NULL,
	CONSTRAINT "chain_validator_hours_network_id_consensus_address_hex_hour_at_pk" PRIMARY KEY("network_id","consensus_address_hex","hour_at")
);
--> statement-breakpoint
CREATE TABLE "chain_validator_samples" (
	"network_id" text NOT NULL,
	"operator_address" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"tokens_base_units" numeric(78,0) NOT NULL,
	"rank" integer,
	"bonded_base_units" numeric(78,0) NOT NULL,
	"commission_rate" text NOT NULL,
	"missed_blocks" integer,
	CONSTRAINT "chain_validator_samples_network_id_operator_address_at_pk" PRIMARY KEY("network_id","operator_address","at")
);
--> statement-breakpoint
ALTER TABLE "chain_states" ADD COLUMN "counted_to_height_blocks" bigint;--> statement-breakpoint
ALTER TABLE "chain_hours" ADD CONSTRAINT "chain_hours_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chain_validator_hours" ADD CONSTRAINT "chain_validator_hours_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chain_validator_samples" ADD CONSTRAINT "chain_validator_samples_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "chain_validator_samples_time_idx" ON "chain_validator_samples" USING btree ("at");--> statement-breakpoint
CREATE INDEX "chain_validators_stake_idx" ON "chain_validators" USING btree ("network_id","tokens_base_units","operator_address");