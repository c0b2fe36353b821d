ALTER TABLE "audit"."entry" DROP CONSTRAINT "entry_event_id_event_id_fk";
