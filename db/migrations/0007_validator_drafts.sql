CREATE TABLE "validator_drafts" (
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"answers" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "validator_drafts_organization_id_user_id_pk" PRIMARY KEY("organization_id","user_id")
);
