-- A timer that could not be fired is set aside for a while (machine time), so that it holds up nobody but its own ladder.
ALTER TABLE "timer" ADD COLUMN "retry_at" TIMESTAMPTZ(3), ADD COLUMN "tries" INTEGER NOT NULL DEFAULT 0;
