CREATE TABLE "installation_claims" (
	"only" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"machine_hash" text,
	"data_dir_hash" text NOT NULL,
	"claimed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "installation_claims_only_ck" CHECK ("installation_claims"."only" = 1)
);
