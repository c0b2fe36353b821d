CREATE SCHEMA "audit";
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
ALTER TABLE "audit"."entry" ADD CONSTRAINT "entry_event_id_event_id_fk" FOREIGN KEY ("event_id") REFERENCES "audit"."event"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit"."private" ADD CONSTRAINT "private_event_id_event_id_fk" FOREIGN KEY ("event_id") REFERENCES "audit"."event"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "entry_event" ON "audit"."entry" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "event_at" ON "audit"."event" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "event_action" ON "audit"."event" USING btree ("action","at","id");--> statement-breakpoint
CREATE INDEX "event_actor" ON "audit"."event" USING btree ("actor_id","at","id");--> statement-breakpoint
CREATE INDEX "event_dept" ON "audit"."event" USING btree ("dept_id","at","id") WHERE "audit"."event"."dept_id" is not null;--> statement-breakpoint
CREATE INDEX "event_target" ON "audit"."event" USING btree ("target_id","at","id") WHERE "audit"."event"."target_id" is not null;--> statement-breakpoint
CREATE INDEX "event_agent" ON "audit"."event" USING btree ("agent_id","at","id") WHERE "audit"."event"."agent_id" is not null;--> statement-breakpoint
CREATE INDEX "event_outcome" ON "audit"."event" USING btree ("outcome","at","id") WHERE "audit"."event"."outcome" <> 'ok';--> statement-breakpoint
CREATE UNIQUE INDEX "tree_head_size" ON "audit"."tree_head" USING btree ("epoch","size");