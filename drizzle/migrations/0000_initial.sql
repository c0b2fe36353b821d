CREATE SCHEMA "audit";
--> statement-breakpoint
CREATE TABLE "agent" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"source_path" text,
	"file_name" text NOT NULL,
	"department_id" uuid NOT NULL,
	"owner_id" uuid,
	"sponsor_id" uuid,
	"state" text NOT NULL,
	"live_version_id" uuid,
	"draft_id" uuid,
	"title" text NOT NULL,
	"description" text NOT NULL,
	"format" text NOT NULL,
	"fate" text NOT NULL,
	"digest" text NOT NULL,
	"risk_tier" text NOT NULL,
	"risk_rank" integer NOT NULL,
	"errors" integer NOT NULL,
	"warnings" integer NOT NULL,
	"notes" integer NOT NULL,
	"next_review_on" date,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL,
	CONSTRAINT "agent_slug_unique" UNIQUE("slug"),
	CONSTRAINT "agent_source_path_unique" UNIQUE("source_path"),
	CONSTRAINT "agent_state" CHECK ("agent"."state" in ('draft', 'active', 'suspended', 'retired')),
	CONSTRAINT "agent_live" CHECK ("agent"."state" = 'draft' or "agent"."live_version_id" is not null or "agent"."state" = 'retired'),
	CONSTRAINT "agent_risk" CHECK ("agent"."risk_rank" between 0 and 3)
);
--> statement-breakpoint
CREATE TABLE "definition" (
	"digest" text PRIMARY KEY NOT NULL,
	"bytes" "bytea" NOT NULL,
	"size" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL,
	CONSTRAINT "definition_digest" CHECK ("definition"."digest" = encode(sha256("definition"."bytes"), 'hex')),
	CONSTRAINT "definition_size" CHECK ("definition"."size" = octet_length("definition"."bytes") and "definition"."size" <= 1048576)
);
--> statement-breakpoint
CREATE TABLE "definition_check" (
	"digest" text NOT NULL,
	"constitution_hash" text NOT NULL,
	"checker_version" text NOT NULL,
	"findings" jsonb NOT NULL,
	"capabilities" jsonb NOT NULL,
	"risk_tier" text NOT NULL,
	"blocking" integer NOT NULL,
	"errors" integer NOT NULL,
	"warnings" integer NOT NULL,
	"notes" integer NOT NULL,
	"checked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "draft" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agent_id" uuid NOT NULL,
	"base_version_id" uuid,
	"digest" text NOT NULL,
	"revision" integer NOT NULL,
	"state" text NOT NULL,
	"opened_by" uuid NOT NULL,
	"edited_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "draft_revision" (
	"draft_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"digest" text NOT NULL,
	"edited_by" uuid NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "imported_history" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agent_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"ordinal" integer NOT NULL,
	"version" text NOT NULL,
	"date" text NOT NULL,
	"change" text NOT NULL,
	"approved_by" text NOT NULL,
	"audit_event_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "proposal" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" integer GENERATED ALWAYS AS IDENTITY (sequence name "proposal_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"agent_id" uuid NOT NULL,
	"draft_id" uuid NOT NULL,
	"base_version_id" uuid,
	"base_digest" text,
	"digest" text NOT NULL,
	"version" text NOT NULL,
	"message" text NOT NULL,
	"change" jsonb NOT NULL,
	"author_id" uuid NOT NULL,
	"last_editor_id" uuid NOT NULL,
	"state" text NOT NULL,
	"approval_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"audit_event_id" uuid NOT NULL,
	CONSTRAINT "proposal_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "version" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agent_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"number" text NOT NULL,
	"digest" text NOT NULL,
	"proposal_id" uuid NOT NULL,
	"message" text NOT NULL,
	"author_id" uuid NOT NULL,
	"findings" jsonb NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "approval" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"title" text NOT NULL,
	"risk_tier" text NOT NULL,
	"risk_rank" integer NOT NULL,
	"department_id" uuid NOT NULL,
	"agent_id" uuid,
	"run_id" uuid,
	"rule_id" text NOT NULL,
	"rule_version" integer NOT NULL,
	"quorum" integer NOT NULL,
	"requested_by" uuid NOT NULL,
	"excluded" uuid[] NOT NULL,
	"eligible" uuid[] NOT NULL,
	"deadline_at" timestamp with time zone,
	"expiry_outcome" text NOT NULL,
	"state" text NOT NULL,
	"summary" jsonb NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"audit_event_id" uuid NOT NULL,
	CONSTRAINT "approval_digest" CHECK ("approval"."digest" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "approval_quorum" CHECK ("approval"."quorum" between 1 and 10)
);
--> statement-breakpoint
CREATE TABLE "decision" (
	"id" uuid PRIMARY KEY NOT NULL,
	"approval_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"verdict" text NOT NULL,
	"digest" text NOT NULL,
	"rule_version" integer NOT NULL,
	"rendered_digest" text NOT NULL,
	"reason" text NOT NULL,
	"decided_at" timestamp with time zone NOT NULL,
	"dismissed_at" timestamp with time zone,
	"dismissed_because" text,
	"audit_event_id" uuid NOT NULL,
	CONSTRAINT "decision_digest" CHECK ("decision"."digest" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "audit"."deletable" (
	"table_name" text PRIMARY KEY NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit"."entry" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"leaf_hash" "bytea" NOT NULL,
	CONSTRAINT "entry_seq" CHECK ("audit"."entry"."seq" >= 0),
	CONSTRAINT "entry_leaf_hash" CHECK (octet_length("audit"."entry"."leaf_hash") = 32)
);
--> statement-breakpoint
CREATE TABLE "audit"."event" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"action" text NOT NULL,
	"actor_type" text NOT NULL,
	"actor_id" text NOT NULL,
	"dept_id" text,
	"target_type" text,
	"target_id" text,
	"agent_id" text,
	"outcome" text NOT NULL,
	"leaf" "bytea" NOT NULL,
	"leaf_hash" "bytea" NOT NULL,
	CONSTRAINT "event_leaf_size" CHECK (octet_length("audit"."event"."leaf") <= 16384),
	CONSTRAINT "event_leaf_hash" CHECK (octet_length("audit"."event"."leaf_hash") = 32)
);
--> statement-breakpoint
CREATE TABLE "audit"."integrity" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"state" text DEFAULT 'ok' NOT NULL,
	"code" text,
	"detail" text,
	"since" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "integrity_one" CHECK ("audit"."integrity"."one")
);
--> statement-breakpoint
CREATE TABLE "audit"."pending" (
	"arrival" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit"."pending_arrival_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"event_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit"."private" (
	"event_id" uuid NOT NULL,
	"ord" smallint NOT NULL,
	"path" text NOT NULL,
	"salt" "bytea" NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "private_event_id_ord_pk" PRIMARY KEY("event_id","ord"),
	CONSTRAINT "private_salt" CHECK (octet_length("audit"."private"."salt") = 32)
);
--> statement-breakpoint
CREATE TABLE "audit"."tile" (
	"level" smallint NOT NULL,
	"idx" bigint NOT NULL,
	"hashes" "bytea" NOT NULL,
	"root" "bytea" NOT NULL,
	CONSTRAINT "tile_level_idx_pk" PRIMARY KEY("level","idx"),
	CONSTRAINT "tile_size" CHECK (octet_length("audit"."tile"."hashes") = 8192 and octet_length("audit"."tile"."root") = 32)
);
--> statement-breakpoint
CREATE TABLE "audit"."tree_head" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit"."tree_head_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"epoch" integer NOT NULL,
	"size" bigint NOT NULL,
	"root" "bytea" NOT NULL,
	"note" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit"."tree_state" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"origin" text NOT NULL,
	"epoch" integer DEFAULT 1 NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"vkey" text,
	"size" bigint DEFAULT 0 NOT NULL,
	"root" "bytea" NOT NULL,
	"frontier" "bytea" NOT NULL,
	CONSTRAINT "tree_state_one" CHECK ("audit"."tree_state"."one")
);
--> statement-breakpoint
CREATE TABLE "command_result" (
	"person_id" uuid NOT NULL,
	"key" text NOT NULL,
	"command" text NOT NULL,
	"input_digest" text NOT NULL,
	"outcome" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "department" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL,
	CONSTRAINT "department_slug_unique" UNIQUE("slug"),
	CONSTRAINT "department_slug" CHECK ("department"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);
--> statement-breakpoint
CREATE TABLE "identity" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"organisation" text NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL,
	CONSTRAINT "installation_one" CHECK ("installation"."one")
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL,
	CONSTRAINT "invitation_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "password" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"phc" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL,
	CONSTRAINT "person_state" CHECK ("person"."state" in ('invited', 'active', 'disabled'))
);
--> statement-breakpoint
CREATE TABLE "rate_bucket" (
	"key" text PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "role_grant" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"role" text NOT NULL,
	"department_id" uuid,
	"granted_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"audit_event_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id_hash" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"via" text NOT NULL,
	"user_agent" text,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "setup_token" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "review" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agent_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"department_id" uuid NOT NULL,
	"due_on" date NOT NULL,
	"state" text NOT NULL,
	"outcome" text,
	"reason" text,
	"completed_by" uuid,
	"completed_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "blob" (
	"digest" text PRIMARY KEY NOT NULL,
	"bytes" "bytea" NOT NULL,
	"audit_event_id" uuid NOT NULL,
	CONSTRAINT "blob_digest" CHECK ("blob"."digest" = encode(sha256("blob"."bytes"), 'hex'))
);
--> statement-breakpoint
CREATE TABLE "change_set" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"state" text NOT NULL,
	"files" jsonb NOT NULL,
	"operations" jsonb NOT NULL,
	"approval_id" uuid,
	"error" text,
	"created_at" timestamp with time zone NOT NULL,
	"applied_at" timestamp with time zone,
	"audit_event_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "run" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" integer GENERATED ALWAYS AS IDENTITY (sequence name "run_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"agent_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"workspace_id" uuid NOT NULL,
	"department_id" uuid NOT NULL,
	"task" text NOT NULL,
	"started_by" uuid NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"state" text NOT NULL,
	"waiting_for" text,
	"step" integer DEFAULT 0 NOT NULL,
	"constitution_hash" text NOT NULL,
	"snapshot_digest" text,
	"outcome" text,
	"error" text,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"audit_event_id" uuid NOT NULL,
	CONSTRAINT "run_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "run_lease" (
	"run_id" uuid PRIMARY KEY NOT NULL,
	"token" uuid NOT NULL,
	"attempt" integer NOT NULL,
	"lease_until" timestamp with time zone NOT NULL,
	"next_attempt_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "run_message" (
	"run_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"role" text NOT NULL,
	"body" text NOT NULL,
	"usage" jsonb,
	"duration_ms" integer,
	"at" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "run_overlay" (
	"run_id" uuid NOT NULL,
	"path" text NOT NULL,
	"change" text NOT NULL,
	"base_digest" text,
	"new_digest" text,
	"mode" integer NOT NULL,
	"audit_event_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tool_call" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"step" integer NOT NULL,
	"ordinal" integer NOT NULL,
	"call_id" text NOT NULL,
	"tool" text NOT NULL,
	"effect" text NOT NULL,
	"args" text NOT NULL,
	"effective_args" text NOT NULL,
	"args_digest" text NOT NULL,
	"gated" jsonb,
	"verdict" text NOT NULL,
	"rule_id" text NOT NULL,
	"rule_sentence" text NOT NULL,
	"overlay_digest" text,
	"state" text NOT NULL,
	"approval_id" uuid,
	"result" text,
	"result_is_error" integer,
	"requested_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"duration_ms" integer,
	"audit_event_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workspace" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"root_path" text NOT NULL,
	"department_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"audit_event_id" uuid NOT NULL,
	CONSTRAINT "workspace_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
ALTER TABLE "agent" ADD CONSTRAINT "agent_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent" ADD CONSTRAINT "agent_owner_id_person_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent" ADD CONSTRAINT "agent_sponsor_id_person_id_fk" FOREIGN KEY ("sponsor_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent" ADD CONSTRAINT "agent_digest_definition_digest_fk" FOREIGN KEY ("digest") REFERENCES "public"."definition"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "definition_check" ADD CONSTRAINT "definition_check_digest_definition_digest_fk" FOREIGN KEY ("digest") REFERENCES "public"."definition"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_agent_id_agent_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agent"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_digest_definition_digest_fk" FOREIGN KEY ("digest") REFERENCES "public"."definition"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_opened_by_person_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_edited_by_person_id_fk" FOREIGN KEY ("edited_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_revision" ADD CONSTRAINT "draft_revision_draft_id_draft_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."draft"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_revision" ADD CONSTRAINT "draft_revision_digest_definition_digest_fk" FOREIGN KEY ("digest") REFERENCES "public"."definition"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_revision" ADD CONSTRAINT "draft_revision_edited_by_person_id_fk" FOREIGN KEY ("edited_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imported_history" ADD CONSTRAINT "imported_history_agent_id_agent_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agent"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imported_history" ADD CONSTRAINT "imported_history_digest_definition_digest_fk" FOREIGN KEY ("digest") REFERENCES "public"."definition"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_agent_id_agent_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agent"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_draft_id_draft_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."draft"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_base_digest_definition_digest_fk" FOREIGN KEY ("base_digest") REFERENCES "public"."definition"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_digest_definition_digest_fk" FOREIGN KEY ("digest") REFERENCES "public"."definition"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_author_id_person_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_last_editor_id_person_id_fk" FOREIGN KEY ("last_editor_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version" ADD CONSTRAINT "version_agent_id_agent_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agent"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version" ADD CONSTRAINT "version_digest_definition_digest_fk" FOREIGN KEY ("digest") REFERENCES "public"."definition"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version" ADD CONSTRAINT "version_proposal_id_proposal_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposal"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version" ADD CONSTRAINT "version_author_id_person_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval" ADD CONSTRAINT "approval_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval" ADD CONSTRAINT "approval_requested_by_person_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision" ADD CONSTRAINT "decision_approval_id_approval_id_fk" FOREIGN KEY ("approval_id") REFERENCES "public"."approval"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision" ADD CONSTRAINT "decision_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit"."entry" ADD CONSTRAINT "entry_event_id_event_id_fk" FOREIGN KEY ("event_id") REFERENCES "audit"."event"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit"."private" ADD CONSTRAINT "private_event_id_event_id_fk" FOREIGN KEY ("event_id") REFERENCES "audit"."event"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity" ADD CONSTRAINT "identity_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password" ADD CONSTRAINT "password_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review" ADD CONSTRAINT "review_agent_id_agent_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agent"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review" ADD CONSTRAINT "review_version_id_version_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review" ADD CONSTRAINT "review_digest_definition_digest_fk" FOREIGN KEY ("digest") REFERENCES "public"."definition"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review" ADD CONSTRAINT "review_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review" ADD CONSTRAINT "review_completed_by_person_id_fk" FOREIGN KEY ("completed_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "change_set" ADD CONSTRAINT "change_set_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_agent_id_agent_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agent"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_version_id_version_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_digest_definition_digest_fk" FOREIGN KEY ("digest") REFERENCES "public"."definition"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_started_by_person_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_lease" ADD CONSTRAINT "run_lease_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_message" ADD CONSTRAINT "run_message_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_overlay" ADD CONSTRAINT "run_overlay_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_overlay" ADD CONSTRAINT "run_overlay_new_digest_blob_digest_fk" FOREIGN KEY ("new_digest") REFERENCES "public"."blob"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tool_call" ADD CONSTRAINT "tool_call_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workspace" ADD CONSTRAINT "workspace_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "agent_by_risk" ON "agent" USING btree ("risk_rank" DESC NULLS LAST,"slug");--> statement-breakpoint
CREATE INDEX "agent_by_department" ON "agent" USING btree ("department_id","slug");--> statement-breakpoint
CREATE INDEX "agent_by_review" ON "agent" USING btree ("next_review_on","slug");--> statement-breakpoint
CREATE INDEX "agent_by_state" ON "agent" USING btree ("state","slug");--> statement-breakpoint
CREATE INDEX "agent_by_owner" ON "agent" USING btree ("owner_id","slug");--> statement-breakpoint
CREATE UNIQUE INDEX "definition_check_key" ON "definition_check" USING btree ("digest","constitution_hash","checker_version");--> statement-breakpoint
CREATE UNIQUE INDEX "draft_live" ON "draft" USING btree ("agent_id") WHERE "draft"."state" in ('open', 'proposed');--> statement-breakpoint
CREATE INDEX "draft_agent" ON "draft" USING btree ("agent_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "draft_revision_key" ON "draft_revision" USING btree ("draft_id","revision");--> statement-breakpoint
CREATE UNIQUE INDEX "imported_history_row" ON "imported_history" USING btree ("agent_id","digest","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "proposal_open_per_agent" ON "proposal" USING btree ("agent_id") WHERE "proposal"."state" = 'open';--> statement-breakpoint
CREATE INDEX "proposal_agent" ON "proposal" USING btree ("agent_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "proposal_approval" ON "proposal" USING btree ("approval_id");--> statement-breakpoint
CREATE UNIQUE INDEX "version_ordinal" ON "version" USING btree ("agent_id","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "version_number" ON "version" USING btree ("agent_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "version_proposal" ON "version" USING btree ("proposal_id");--> statement-breakpoint
CREATE INDEX "approval_open" ON "approval" USING btree ("risk_rank" DESC NULLS LAST,"deadline_at","id") WHERE "approval"."state" = 'open';--> statement-breakpoint
CREATE INDEX "approval_settled" ON "approval" USING btree ("settled_at" DESC NULLS LAST,"id") WHERE "approval"."state" <> 'open';--> statement-breakpoint
CREATE INDEX "approval_subject" ON "approval" USING btree ("subject_id");--> statement-breakpoint
CREATE INDEX "approval_agent" ON "approval" USING btree ("agent_id","opened_at");--> statement-breakpoint
CREATE INDEX "approval_deadline" ON "approval" USING btree ("deadline_at") WHERE "approval"."state" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "decision_live" ON "decision" USING btree ("approval_id","person_id") WHERE "decision"."dismissed_at" is null;--> statement-breakpoint
CREATE INDEX "decision_person" ON "decision" USING btree ("person_id","decided_at");--> statement-breakpoint
CREATE UNIQUE INDEX "entry_event" ON "audit"."entry" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "event_at" ON "audit"."event" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "event_action" ON "audit"."event" USING btree ("action","at","id");--> statement-breakpoint
CREATE INDEX "event_actor" ON "audit"."event" USING btree ("actor_id","at","id");--> statement-breakpoint
CREATE INDEX "event_dept" ON "audit"."event" USING btree ("dept_id","at","id") WHERE "audit"."event"."dept_id" is not null;--> statement-breakpoint
CREATE INDEX "event_target" ON "audit"."event" USING btree ("target_id","at","id") WHERE "audit"."event"."target_id" is not null;--> statement-breakpoint
CREATE INDEX "event_agent" ON "audit"."event" USING btree ("agent_id","at","id") WHERE "audit"."event"."agent_id" is not null;--> statement-breakpoint
CREATE INDEX "event_outcome" ON "audit"."event" USING btree ("outcome","at","id") WHERE "audit"."event"."outcome" <> 'ok';--> statement-breakpoint
CREATE UNIQUE INDEX "tree_head_size" ON "audit"."tree_head" USING btree ("epoch","size");--> statement-breakpoint
CREATE UNIQUE INDEX "command_result_key" ON "command_result" USING btree ("person_id","key");--> statement-breakpoint
CREATE INDEX "command_result_created" ON "command_result" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "identity_issuer_subject" ON "identity" USING btree ("issuer","subject");--> statement-breakpoint
CREATE INDEX "identity_person" ON "identity" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "invitation_person" ON "invitation" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "person_email" ON "person" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "person_name" ON "person" USING btree ("name","id");--> statement-breakpoint
CREATE UNIQUE INDEX "role_grant_live" ON "role_grant" USING btree ("person_id","role",coalesce("department_id", '00000000-0000-0000-0000-000000000000')) WHERE "role_grant"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "role_grant_person" ON "role_grant" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "session_person" ON "session" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "review_open_per_agent" ON "review" USING btree ("agent_id") WHERE "review"."state" = 'open';--> statement-breakpoint
CREATE INDEX "review_due" ON "review" USING btree ("due_on","id") WHERE "review"."state" = 'open';--> statement-breakpoint
CREATE INDEX "review_agent" ON "review" USING btree ("agent_id","created_at");--> statement-breakpoint
CREATE INDEX "change_set_run" ON "change_set" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "run_agent" ON "run" USING btree ("agent_id","number" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "run_department" ON "run" USING btree ("department_id","number" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "run_open" ON "run" USING btree ("state","number") WHERE "run"."state" in ('queued', 'ready', 'suspended');--> statement-breakpoint
CREATE UNIQUE INDEX "run_message_key" ON "run_message" USING btree ("run_id","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "run_overlay_key" ON "run_overlay" USING btree ("run_id","path");--> statement-breakpoint
CREATE UNIQUE INDEX "tool_call_unique" ON "tool_call" USING btree ("run_id","call_id");--> statement-breakpoint
CREATE UNIQUE INDEX "tool_call_order" ON "tool_call" USING btree ("run_id","step","ordinal");