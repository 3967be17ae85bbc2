-- save_turn as before, but for two things: its statements are planned once and not for each turn (beside large tables that
-- took longer than to do them), and the rows of one conversation are found by their own index however long the queue is.
-- Saves a turn or a use case: all of it, or nothing. Answers {"kind":"duplicate"} when the event was taken in
-- before, raises IN409 when any row is not at the revision it was read at (the caller loads and tries again).
CREATE OR REPLACE FUNCTION save_turn(p jsonb) RETURNS jsonb LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_variable
DECLARE
  at timestamptz := (p->>'at')::timestamptz;
  conv bigint := (p#>>'{conversation,id}')::bigint;
  turn_id bigint;
  r jsonb;
  n integer;
  names text;
  queued integer := 0;
  made_queued integer;
  stopped bigint[] := '{}';
  cancelled bigint[];
  made_id bigint;
BEGIN
  IF p ? 'seen' THEN
    INSERT INTO seen (account_id, key, at) VALUES ((p#>>'{seen,account}')::int, p#>>'{seen,key}', at)
      ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS n = ROW_COUNT;
    IF n = 0 THEN RETURN '{"kind":"duplicate"}'; END IF;
  END IF;

  IF p ? 'fired' THEN
    UPDATE timer SET fired_at = at WHERE id = (p->>'fired')::bigint AND fired_at IS NULL;
    GET DIAGNOSTICS n = ROW_COUNT;
    IF n = 0 THEN RETURN '{"kind":"duplicate"}'; END IF;
  END IF;

  -- A reminder goes out once, and only while nothing was said.
  IF p ? 'nudged' THEN
    UPDATE conversation SET nudges_left = (p#>>'{nudged,left}')::smallint
      WHERE id = (p#>>'{nudged,conversation}')::bigint AND nudges_left > (p#>>'{nudged,left}')::smallint
        AND last_inbound_at = (p#>>'{nudged,since}')::timestamptz;
    GET DIAGNOSTICS n = ROW_COUNT;
    IF n = 0 THEN RETURN '{"kind":"duplicate"}'; END IF;
  END IF;

  -- Somebody is erased for their silence only if it lasts: their words wait for this, or this gives way to them.
  IF p ? 'silent_since' THEN
    PERFORM id FROM conversation WHERE person_id = (p->>'erased')::bigint ORDER BY id FOR UPDATE;
    IF EXISTS (SELECT 1 FROM conversation WHERE person_id = (p->>'erased')::bigint AND last_inbound_at > (p->>'silent_since')::timestamptz) THEN
      RAISE EXCEPTION 'no longer silent' USING ERRCODE = 'IN409';
    END IF;
  END IF;

  -- Rows first: a person is there before the address that belongs to them.
  FOR i IN 0 .. jsonb_array_length(p->'rows') - 1 LOOP
    r := p->'rows'->i;
    IF r ? 'insert' THEN
      SELECT string_agg(quote_ident(k), ',') INTO names FROM jsonb_object_keys(r->'insert') k;
      EXECUTE format('INSERT INTO %I (%s) SELECT %s FROM jsonb_populate_record(NULL::%I, $1)', r->>'table', names, names, r->>'table')
        USING r->'insert';
    ELSE
      SELECT string_agg(format('%I = x.%I', k, k), ',') INTO names FROM jsonb_object_keys(r->'set') k;
      EXECUTE format('UPDATE %I t SET %s, revision = t.revision + 1 FROM jsonb_populate_record(NULL::%I, $1) x WHERE t.id = $2 AND t.revision = $3',
        r->>'table', names, r->>'table') USING r->'set', (r->>'id')::bigint, (r->>'revision')::int;
      GET DIAGNOSTICS n = ROW_COUNT;
      IF n = 0 THEN RAISE EXCEPTION 'stale %', r->>'table' USING ERRCODE = 'IN409'; END IF;
    END IF;
  END LOOP;

  IF p ? 'conversation' THEN
    IF conv IS NULL THEN
      INSERT INTO conversation (account_id, address_index, alias_index, address, data_key, person_id, lang, session, flow, flows, last_inbound_at, nudges_left, created_at)
        SELECT account_id, address_index, alias_index, address, data_key, person_id, lang, session, flow, flows, last_inbound_at, coalesce(nudges_left, 0), at
        FROM jsonb_populate_record(NULL::conversation, p->'conversation') RETURNING id INTO conv;
    ELSE
      UPDATE conversation SET revision = revision + 1, session = p#>>'{conversation,session}', lang = p#>>'{conversation,lang}',
          person_id = (p#>>'{conversation,person_id}')::bigint, blocked_at = NULL,
          flow = p#>>'{conversation,flow}',
          flows = ARRAY(SELECT jsonb_array_elements_text(p#>'{conversation,flows}')),
          alias_index = CASE WHEN (p#>>'{conversation,address_index}')::bytea <> address_index THEN (p#>>'{conversation,address_index}')::bytea
            ELSE coalesce((p#>>'{conversation,alias_index}')::bytea, alias_index) END,
          last_inbound_at = greatest(last_inbound_at, (p#>>'{conversation,last_inbound_at}')::timestamptz),
          -- A stranger's STOP lasts until they agree to be known.
          nudges_left = CASE WHEN nudges_left < 0 AND p#>>'{conversation,person_id}' IS NULL THEN nudges_left
            ELSE coalesce((p#>>'{conversation,nudges_left}')::smallint, nudges_left) END
        WHERE id = conv AND revision = (p#>>'{conversation,revision}')::int;
      GET DIAGNOSTICS n = ROW_COUNT;
      IF n = 0 THEN RAISE EXCEPTION 'stale conversation' USING ERRCODE = 'IN409'; END IF;
    END IF;
    IF p->>'linked' IS NOT NULL THEN
      UPDATE person SET preferred_id = coalesce(preferred_id, conv) WHERE id = (p->>'linked')::bigint;
      UPDATE conversation SET linked_at = at WHERE id = conv;
    END IF;
  END IF;

  INSERT INTO turn (conversation_id, at, kind, event, flow, version, step_before, step_after, revision, trips, parked)
    SELECT coalesce(conv, t.conversation_id), at, t.kind, t.event, t.flow, t.version, t.step_before, t.step_after, (p#>>'{conversation,revision}')::int, t.trips, coalesce(t.parked, false)
    FROM jsonb_populate_record(NULL::turn, p->'turn') t RETURNING id INTO turn_id;

  FOR i IN 0 .. jsonb_array_length(p->'messages') - 1 LOOP
    r := p->'messages'->i;
    -- Nearly every message is a reply to whoever wrote, and needs no search for whom it is meant.
    IF NOT r ? 'to' THEN
      CONTINUE WHEN conv IS NULL;
      INSERT INTO ledger (conversation_id, turn_id, person_id, lane, class, key, lang, message, plain, opens, state, due_at, created_at, broadcast_id)
        VALUES (conv, turn_id, (p#>>'{conversation,person_id}')::bigint, r->>'lane', r->>'class', r->>'key', p#>>'{conversation,lang}', r->>'message', r->'plain',
          CASE WHEN r->'opens' = 'null'::jsonb THEN NULL ELSE r->'opens' END, 'queued', at, at, (r->>'broadcast')::bigint) RETURNING id INTO made_id;
      INSERT INTO transition (ledger_id, at, state) VALUES (made_id, at, 'queued');
      queued := queued + 1;
      CONTINUE;
    END IF;
    WITH made AS (
      INSERT INTO ledger (conversation_id, turn_id, person_id, lane, class, key, lang, message, plain, opens, state, reason, due_at, created_at, broadcast_id)
        SELECT coalesce(a.conversation_id, conv), turn_id, a.person_id, r->>'lane', r->>'class', r->>'key', a.lang, r->>'message', r->'plain',
          CASE WHEN r->'opens' = 'null'::jsonb THEN NULL ELSE r->'opens' END,
          CASE WHEN a.opted_out AND r->>'class' <> 'reply' THEN 'cancelled' ELSE 'queued' END,
          CASE WHEN a.opted_out AND r->>'class' <> 'reply' THEN 'opted_out' END, at, at, (r->>'broadcast')::bigint
        FROM addressees(r->'to', (at AT TIME ZONE 'Africa/Kigali')::date, (p->>'coordinators')::bigint) a WHERE coalesce(a.conversation_id, conv) IS NOT NULL
      RETURNING id, state, conversation_id),
    history AS (INSERT INTO transition (ledger_id, at, state) SELECT id, at, state FROM made)
    SELECT count(*) FILTER (WHERE state = 'queued'), array_agg(id) FILTER (WHERE state = 'cancelled') INTO made_queued, cancelled FROM made;
    queued := queued + made_queued;
    stopped := stopped || cancelled;
  END LOOP;

  FOR i IN 0 .. jsonb_array_length(p->'answered') - 1 LOOP
    r := p->'answered'->i;
    UPDATE ledger SET answered_at = at, answer = coalesce(r->>'option', answer) WHERE id = (r->>'open')::bigint;
  END LOOP;

  FOR i IN 0 .. jsonb_array_length(p->'plans') - 1 LOOP
    r := p->'plans'->i;
    DELETE FROM timer WHERE subject_kind = r->>'kind' AND subject_id = (r->>'id')::bigint AND fired_at IS NULL
      AND line NOT IN (SELECT w->>'line' FROM jsonb_array_elements(r->'timers') w);
    INSERT INTO timer (subject_kind, subject_id, line, due_at)
      SELECT r->>'kind', (r->>'id')::bigint, w->>'line', (w->>'dueAt')::timestamptz FROM jsonb_array_elements(r->'timers') w
      ON CONFLICT (subject_kind, subject_id, line) DO UPDATE SET due_at = excluded.due_at
        , fired_at = CASE WHEN timer.due_at = excluded.due_at THEN timer.fired_at END;
  END LOOP;

  -- STOP: what waits and is no reply is cancelled in the same transaction (rule 14).
  IF p ? 'opted_out' THEN
    WITH gone AS (
      UPDATE ledger SET state = 'cancelled', reason = 'opted_out'
        WHERE person_id = (p->>'opted_out')::bigint AND state IN ('queued', 'held') AND class <> 'reply' RETURNING id),
    history AS (INSERT INTO transition (ledger_id, at, state, detail) SELECT id, at, 'cancelled', 'opted_out' FROM gone)
    SELECT stopped || array_agg(id) INTO stopped FROM gone;
  END IF;
  IF cardinality(stopped) > 0 THEN
    PERFORM phone_instead(l.person_id, l.class, l.key, turn_id, (p->>'coordinators')::bigint, at) FROM ledger l
      WHERE l.id = ANY (stopped) AND l.opens->>'flow' IS DISTINCT FROM 'resume' ORDER BY l.id;
  END IF;

  -- Out of every flow, what was held so as not to talk into one may go (rule 12); and whoever writes opens
  -- the WhatsApp window again, which makes a notice that something waits pointless. Nobody who has just written
  -- has to be reminded to.
  -- The four states are those of ledger_moving, which finds one conversation's rows: an index of all that waits looks as
  -- good to a planner that was last told of an empty queue, and a broadcast makes that queue long.
  IF p ? 'conversation' AND EXISTS (SELECT 1 FROM ledger l WHERE l.conversation_id = conv
      AND l.state IN ('queued', 'held', 'sending', 'unknown') AND l.state NOT IN ('sending', 'unknown') AND (l.state = 'held' OR l.key = 'common.notice.text' OR is_stale_reminder(l))) THEN
    WITH freed AS (
      UPDATE ledger l SET state = CASE WHEN l.key = 'common.notice.text' OR is_stale_reminder(l) THEN 'cancelled' ELSE 'queued' END,
          reason = CASE WHEN l.key = 'common.notice.text' THEN 'window_open' WHEN is_stale_reminder(l) THEN 'answered' END, handled_at = NULL, due_at = at
        WHERE l.conversation_id = conv AND l.state IN ('queued', 'held', 'sending', 'unknown') AND l.state NOT IN ('sending', 'unknown')
          AND ((l.state = 'held'
          AND ((l.reason = 'busy' AND p#>>'{conversation,flow}' IS NULL)
            OR (l.reason = 'window_closed' AND p#>>'{conversation,last_inbound_at}' IS NOT NULL)))
          OR ((l.key = 'common.notice.text' OR is_stale_reminder(l)) AND p#>>'{conversation,last_inbound_at}' IS NOT NULL))
        RETURNING l.id, l.state, l.reason)
    INSERT INTO transition (ledger_id, at, state, detail) SELECT id, at, state, coalesce(reason, 'free to go') FROM freed;
  END IF;

  -- Erasing destroys the key, and with it everything sealed under it (rule 26).
  IF p ? 'erased' THEN
    UPDATE person SET data_key = NULL, name = NULL, phone = NULL, email = NULL, name_index = NULL, phone_index = NULL,
        email_index = NULL, preferred_id = NULL, opted_out_at = coalesce(opted_out_at, at)
      WHERE id = (p->>'erased')::bigint;
    WITH gone AS (
      UPDATE ledger SET state = 'cancelled', reason = 'erased'
        WHERE person_id = (p->>'erased')::bigint AND state IN ('queued', 'held') AND class <> 'reply' RETURNING id)
    INSERT INTO transition (ledger_id, at, state, detail) SELECT id, at, 'cancelled', 'erased' FROM gone;
    -- A turn that was loaded with this person must not bring them back.
    UPDATE conversation SET person_id = NULL, revision = revision + 1 WHERE person_id = (p->>'erased')::bigint;
  END IF;

  IF p->'audit' <> '[]' THEN
    INSERT INTO audit (turn_id, at, actor, what, subject, digest, channel)
      SELECT turn_id, at, a->>'actor', a->>'what', a->>'subject', a->>'digest', a->>'channel' FROM jsonb_array_elements(p->'audit') a;
  END IF;

  RETURN jsonb_build_object('kind', 'saved', 'turn', turn_id, 'conversation', conv, 'queued', queued);
END $$;
