-- A timer may have to wait although it is due: for a question that came late, or because firing it failed.
ALTER TABLE "timer" ADD COLUMN "wait_until" TIMESTAMPTZ(3), ADD COLUMN "tries" INTEGER NOT NULL DEFAULT 0;
CREATE INDEX timer_waiting ON timer (wait_until) WHERE fired_at IS NULL AND wait_until IS NOT NULL;

-- What is moved to another day begins anew.
CREATE FUNCTION timer_begins_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.wait_until := NULL;
  NEW.tries := 0;
  RETURN NEW;
END $$;
CREATE TRIGGER timer_moved BEFORE UPDATE OF due_at ON timer FOR EACH ROW WHEN (OLD.due_at <> NEW.due_at)
  EXECUTE FUNCTION timer_begins_anew();
