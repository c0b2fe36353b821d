CREATE TABLE "catalog_finding" (
	"agent_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"rule" text NOT NULL,
	"severity" text NOT NULL,
	"finding" jsonb NOT NULL,
	"constitution_hash" text NOT NULL,
	"checker_version" text NOT NULL,
	"checked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "constitution_draft" (
	"id" uuid PRIMARY KEY NOT NULL,
	"base_hash" text NOT NULL,
	"hash" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"revision" integer NOT NULL,
	"state" text NOT NULL,
	"message" text NOT NULL,
	"opened_by" uuid NOT NULL,
	"edited_by" uuid NOT NULL,
	"approval_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL,
	CONSTRAINT "constitution_draft_hash" CHECK ("constitution_draft"."hash" = encode(sha256("constitution_draft"."bytes"), 'hex')),
	CONSTRAINT "constitution_draft_size" CHECK (octet_length("constitution_draft"."bytes") <= 1048576)
);
--> statement-breakpoint
CREATE TABLE "constitution_version" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ordinal" integer NOT NULL,
	"label" text NOT NULL,
	"hash" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"message" text NOT NULL,
	"author_id" uuid NOT NULL,
	"approval_id" uuid NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL,
	CONSTRAINT "constitution_version_hash" CHECK ("constitution_version"."hash" = encode(sha256("constitution_version"."bytes"), 'hex')),
	CONSTRAINT "constitution_version_size" CHECK (octet_length("constitution_version"."bytes") <= 1048576)
);
--> statement-breakpoint
CREATE TABLE "routing_case" (
	"id" uuid PRIMARY KEY NOT NULL,
	"phrase" text NOT NULL,
	"expected" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "waiver" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agent_id" uuid NOT NULL,
	"rule" text NOT NULL,
	"fingerprint" text NOT NULL,
	"finding" jsonb NOT NULL,
	"reason" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"requested_by" uuid NOT NULL,
	"ends_on" date NOT NULL,
	"state" text NOT NULL,
	"approval_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"audit_event_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saved_view" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"screen" text NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL
);
--> statement-breakpoint
ALTER TABLE "agent" DROP CONSTRAINT "agent_source_path_unique";--> statement-breakpoint
DROP INDEX "definition_check_key";--> statement-breakpoint
DROP INDEX "run_agent";--> statement-breakpoint
DROP INDEX "run_department";--> statement-breakpoint
ALTER TABLE "approval" ALTER COLUMN "department_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "agent" ADD COLUMN "tools" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "agent" ADD COLUMN "mcp_servers" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "agent" ADD COLUMN "sub_agents" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "agent" ADD COLUMN "model" text;--> statement-breakpoint
ALTER TABLE "agent" ADD COLUMN "rules" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "definition_check" ADD COLUMN "scope" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "catalog_finding" ADD CONSTRAINT "catalog_finding_agent_id_agent_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agent"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "constitution_draft" ADD CONSTRAINT "constitution_draft_opened_by_person_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "constitution_draft" ADD CONSTRAINT "constitution_draft_edited_by_person_id_fk" FOREIGN KEY ("edited_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "constitution_version" ADD CONSTRAINT "constitution_version_author_id_person_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiver" ADD CONSTRAINT "waiver_agent_id_agent_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agent"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiver" ADD CONSTRAINT "waiver_owner_id_person_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiver" ADD CONSTRAINT "waiver_requested_by_person_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "catalog_finding_key" ON "catalog_finding" USING btree ("agent_id","ordinal");--> statement-breakpoint
CREATE INDEX "catalog_finding_rule" ON "catalog_finding" USING btree ("rule");--> statement-breakpoint
CREATE UNIQUE INDEX "constitution_draft_live" ON "constitution_draft" USING btree ((true)) WHERE "constitution_draft"."state" in ('open', 'proposed');--> statement-breakpoint
CREATE UNIQUE INDEX "constitution_version_ordinal" ON "constitution_version" USING btree ("ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "constitution_version_label" ON "constitution_version" USING btree ("label");--> statement-breakpoint
CREATE UNIQUE INDEX "constitution_version_approval" ON "constitution_version" USING btree ("approval_id");--> statement-breakpoint
CREATE UNIQUE INDEX "routing_case_phrase" ON "routing_case" USING btree ("phrase");--> statement-breakpoint
CREATE INDEX "waiver_agent" ON "waiver" USING btree ("agent_id","created_at");--> statement-breakpoint
CREATE INDEX "waiver_ending" ON "waiver" USING btree ("ends_on") WHERE "waiver"."state" = 'approved';--> statement-breakpoint
CREATE UNIQUE INDEX "waiver_live" ON "waiver" USING btree ("agent_id","rule","fingerprint") WHERE "waiver"."state" = 'requested';--> statement-breakpoint
CREATE UNIQUE INDEX "waiver_approval" ON "waiver" USING btree ("approval_id");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_view_name" ON "saved_view" USING btree ("person_id","screen","name");--> statement-breakpoint
CREATE INDEX "agent_by_sponsor" ON "agent" USING btree ("sponsor_id","slug");--> statement-breakpoint
CREATE INDEX "agent_by_model" ON "agent" USING btree ("model","slug");--> statement-breakpoint
CREATE INDEX "agent_by_tool" ON "agent" USING gin ("tools");--> statement-breakpoint
CREATE INDEX "agent_by_mcp" ON "agent" USING gin ("mcp_servers");--> statement-breakpoint
CREATE INDEX "agent_by_sub_agent" ON "agent" USING gin ("sub_agents");--> statement-breakpoint
CREATE INDEX "agent_by_rule" ON "agent" USING gin ("rules");--> statement-breakpoint
CREATE UNIQUE INDEX "agent_source" ON "agent" USING btree ("department_id","source_path");--> statement-breakpoint
CREATE UNIQUE INDEX "definition_check_key" ON "definition_check" USING btree ("digest","constitution_hash","checker_version","scope");--> statement-breakpoint
CREATE INDEX "run_agent" ON "run" USING btree ("agent_id","number" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "run_department" ON "run" USING btree ("department_id","number" DESC NULLS FIRST);