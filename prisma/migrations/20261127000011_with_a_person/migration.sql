-- While a person answers a ticket in a chat, what comes by itself waits (rule 14), and goes when the last one is closed.
-- A complaint about conduct is answered elsewhere, and nothing may show that there is one.
CREATE INDEX ledger_with_a_person ON ledger (conversation_id) WHERE state = 'held' AND reason = 'with_a_person';

-- Of one chat, or of all (null). At one instant, so that they leave in the order in which they were written.
CREATE FUNCTION release_from_person(conversation bigint, at timestamptz) RETURNS integer LANGUAGE sql AS $$
  WITH freed AS (
    UPDATE ledger l SET state = 'queued', reason = NULL, due_at = $2
      WHERE l.state = 'held' AND l.reason = 'with_a_person' AND ($1 IS NULL OR l.conversation_id = $1)
        AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.conversation_id = l.conversation_id AND t.status IN ('open', 'assigned') AND t.reason <> 'psea')
      RETURNING l.id),
  history AS (INSERT INTO transition (ledger_id, at, state, detail) SELECT id, $2, 'queued', 'ticket closed' FROM freed)
  SELECT count(*)::int FROM freed
$$;

CREATE FUNCTION ticket_frees_chat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM release_from_person(NEW.conversation_id, coalesce(NEW.closed_at, NEW.opened_at));
  RETURN NULL;
END $$;
CREATE TRIGGER ticket_closed AFTER UPDATE OF status ON ticket FOR EACH ROW
  WHEN (NEW.conversation_id IS NOT NULL AND OLD.status IN ('open', 'assigned') AND NEW.status NOT IN ('open', 'assigned'))
  EXECUTE FUNCTION ticket_frees_chat();
