-- What Prisma's schema cannot say: partial indexes, sequences of the codes people see, the append-only
-- audit, and the two functions of a turn (rules 7, 8): one reads everything, one saves everything.

-- Lanes sort by name: urgent, reply, proactive, downwards.
CREATE INDEX ledger_waiting ON ledger (lane DESC, due_at, id) WHERE state IN ('queued', 'held');
CREATE INDEX ledger_leased ON ledger (leased_until) WHERE state IN ('sending', 'unknown');
CREATE INDEX ledger_due ON ledger (due_at) WHERE state IN ('queued', 'held');
-- What has not left, by address: asked for before each send, and at each turn, whatever was sent before.
CREATE INDEX ledger_moving ON ledger (conversation_id, id) WHERE state IN ('queued', 'held', 'sending', 'unknown');
-- Prisma cannot say that these two leave out what has no value; every message would be in both from the start.
DROP INDEX ledger_broadcast_id_state_idx;
CREATE INDEX ledger_broadcast_id_state_idx ON ledger (broadcast_id, state) WHERE broadcast_id IS NOT NULL;
DROP INDEX ledger_provider_id_idx;
CREATE INDEX ledger_provider_id_idx ON ledger (provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX ledger_unhandled ON ledger (id) WHERE handled_at IS NULL AND (state = 'failed' OR (state = 'held' AND reason = 'window_closed'));
CREATE INDEX ledger_open ON ledger (conversation_id, id) WHERE opens IS NOT NULL AND answered_at IS NULL;
-- Which versions of which conversations somebody is in: read at every start.
CREATE INDEX conversation_flows ON conversation (flows) WHERE flows <> '{}';
-- Who stopped in the middle of something. It names no column that an ordinary turn changes, so that turns stay cheap.
CREATE INDEX conversation_unfinished ON conversation (id) WHERE nudges_left > 0;
CREATE INDEX timer_due ON timer (due_at, id) WHERE fired_at IS NULL;
CREATE INDEX ticket_open ON ticket (conversation_id) WHERE status IN ('open', 'assigned');

-- Every turn rewrites its conversation. With room in its page that touches no index; without, it touches all of them.
ALTER TABLE conversation SET (fillfactor = 80);

CREATE SEQUENCE code_member;
CREATE SEQUENCE code_mission;
CREATE SEQUENCE code_need;
CREATE SEQUENCE code_assignment;
CREATE SEQUENCE code_ticket;
CREATE SEQUENCE code_broadcast;
CREATE SEQUENCE code_hospital;

INSERT INTO clock (id, offset_ms) VALUES (1, 0);

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit rows are never changed or deleted';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

-- Shapes shared by every reader. Sealed values travel with the wrapped key that opens them.
CREATE VIEW need_json AS
  SELECT n.id, n.mission_id, n.hospital_id, n.profession, n.status, n.code, jsonb_build_object(
    'id', n.id, 'revision', n.revision, 'code', n.code, 'missionId', n.mission_id, 'department', n.department,
    'profession', n.profession, 'posts', n.posts, 'scope', n.scope, 'mode', n.mode, 'objectives', n.objectives,
    'languages', n.languages, 'earliest', n.earliest, 'latest', n.latest, 'minDays', n.min_days,
    'maxDays', n.max_days, 'lodging', n.lodging, 'status', n.status,
    'taken', (SELECT count(*) FROM assignment a WHERE a.need_id = n.id AND a.status IN
      ('agreed', 'clearing', 'ready_to_travel', 'travelling', 'arrived', 'on_mission', 'ended', 'completed', 'closed', 'hold')),
    'hospital', jsonb_build_object('id', h.id, 'code', h.code, 'name', h.name, 'district', h.district)) AS need
  FROM need n JOIN hospital h ON h.id = n.hospital_id;

CREATE VIEW mission_json AS
  SELECT m.id, m.code, m.status, jsonb_build_object(
    'id', m.id, 'revision', m.revision, 'code', m.code, 'title', m.title, 'status', m.status,
    'opensOn', m.opens_on, 'closesOn', m.closes_on, 'startsOn', m.starts_on, 'endsOn', m.ends_on,
    'countries', m.countries, 'approvals', m.approvals) AS mission
  FROM mission m;

CREATE VIEW application_json AS
  SELECT a.id, a.person_id, a.mission_id, a.status, jsonb_build_object(
    'id', a.id, 'revision', a.revision, 'personId', a.person_id, 'missionId', a.mission_id, 'status', a.status,
    'needs', a.needs, 'fromDay', a.from_day, 'toDay', a.to_day, 'leave', a.leave, 'motivation', a.motivation,
    'share', a.share, 'reason', a.reason, 'remindOn', a.remind_on) AS application
  FROM application a;

CREATE VIEW assignment_json AS
  SELECT a.id, a.code, a.person_id, a.hospital_id, a.mission_id, a.status, p.data_key, jsonb_build_object(
    'id', a.id, 'revision', a.revision, 'code', a.code, 'personId', a.person_id,
    'application', jsonb_build_object('id', ap.id, 'revision', ap.revision, 'status', ap.status),
    'window', CASE WHEN w.id IS NOT NULL THEN jsonb_build_object('id', w.id, 'revision', w.revision, 'status', w.status) END,
    'need', n.need,
    'mission', jsonb_build_object('id', m.id, 'code', m.code, 'title', m.title),
    'startsOn', a.starts_on, 'endsOn', a.ends_on, 'scope', a.scope, 'mode', a.mode, 'status', a.status,
    'focalYesAt', a.focal_yes_at, 'offeredAt', a.offered_at, 'offerEndsAt', a.offer_ends_at,
    'coordinatorId', a.coordinator_id, 'gates', a.gates,
    'readiness', CASE WHEN r.id IS NOT NULL THEN jsonb_build_object('id', r.id, 'revision', r.revision,
      'assignmentId', a.id, 'status', r.status, 'items', r.items, 'notes', r.notes) END,
    'travel', CASE WHEN t.id IS NOT NULL THEN jsonb_build_object('id', t.id, 'revision', t.revision,
      'assignmentId', a.id, 'status', t.status, 'plan', t.plan, 'departsAt', t.departs_at,
      'arrivesAt', t.arrives_at, 'dayBefore', t.day_before, 'arrival', t.arrival) END,
    'profile', jsonb_build_object('profession', mb.profession, 'years', mb.years, 'levels', mb.levels),
    'zone', p.zone, 'name', p.name) AS assignment
  FROM assignment a
  JOIN need_json n ON n.id = a.need_id
  JOIN mission m ON m.id = a.mission_id
  JOIN person p ON p.id = a.person_id
  JOIN member mb ON mb.person_id = a.person_id
  JOIN application ap ON ap.id = a.application_id
  LEFT JOIN availability w ON w.id = a.window_id
  LEFT JOIN readiness r ON r.assignment_id = a.id
  LEFT JOIN travel t ON t.assignment_id = a.id;

-- Parts of what a turn reads that few people have. They are functions so that a turn of everybody else does not even
-- set them up: within one statement their plans were two thirds of its time. STABLE: they see what that statement sees.
CREATE FUNCTION calls_of(person bigint) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_agg(jsonb_build_object('mission', mi.mission,
      'needs', (SELECT coalesce(jsonb_agg(n.need ORDER BY n.id), '[]') FROM need_json n WHERE n.mission_id = mi.id AND n.profession = m.profession AND n.status IN ('validated', 'published')),
      'application', (SELECT a.application FROM application_json a WHERE a.mission_id = mi.id AND a.person_id = person)))
    FROM member m JOIN mission_json mi ON mi.status IN ('call_open', 'selection')
      OR (mi.status IN ('confirmed', 'preparing', 'in_progress', 'cancelled', 'postponed') AND EXISTS (
        SELECT 1 FROM application a WHERE a.mission_id = mi.id AND a.person_id = person))
    WHERE m.person_id = person);
END $$;

CREATE FUNCTION assignments_of(person bigint) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_agg(jsonb_build_object('assignment', a.assignment, 'key', a.data_key) ORDER BY a.id)
    FROM assignment_json a WHERE a.person_id = person AND a.status NOT IN ('released', 'closed', 'completed', 'host_refused'));
END $$;

CREATE FUNCTION host_of(person bigint, conversation bigint) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN jsonb_build_object(
    'contact', (SELECT jsonb_build_object('id', h.id, 'revision', h.revision, 'personId', h.person_id, 'role', h.role,
        'hospital', jsonb_build_object('id', x.id, 'code', x.code, 'name', x.name, 'district', x.district))
      FROM host_contact h JOIN hospital x ON x.id = h.hospital_id
      WHERE h.person_id = person AND h.to_day IS NULL ORDER BY h.id DESC LIMIT 1),
    'sharing', (SELECT jsonb_agg(DISTINCT jsonb_build_object('personId', x.person_id, 'role', x.role)) FROM host_contact h
      JOIN host_contact x ON x.hospital_id = h.hospital_id AND x.to_day IS NULL
      JOIN consent k ON k.person_id = x.person_id AND k.conversation_id = conversation
      WHERE h.person_id = person AND h.to_day IS NULL),
    'placements', (SELECT jsonb_agg(jsonb_build_object('assignment', a.assignment, 'key', a.data_key) ORDER BY a.id)
      FROM host_contact h JOIN assignment_json a ON a.hospital_id = h.hospital_id
      WHERE h.person_id = person AND h.to_day IS NULL AND a.status NOT IN ('released', 'closed', 'completed', 'host_refused')),
    'director', (SELECT jsonb_build_object('hospitalId', h.hospital_id, 'personId', h.person_id, 'elsewhere', p.preferred_id IS NOT NULL AND p.preferred_id <> conversation)
      FROM host_contact me JOIN host_contact h ON h.hospital_id = me.hospital_id AND h.to_day IS NULL AND h.role IN ('dg', 'deputy')
      JOIN person p ON p.id = h.person_id
      WHERE me.person_id = person AND me.to_day IS NULL ORDER BY h.role = 'dg' DESC, h.id DESC LIMIT 1));
END $$;

-- Who hears a message: a person by the address they prefer, a hospital's present contacts by role, or the
-- coordinators' channel (the conversation whose id the process passes along).
CREATE FUNCTION addressees(recipient jsonb, today date, coordinators bigint)
RETURNS TABLE (conversation_id bigint, person_id bigint, lang text, opted_out boolean)
LANGUAGE sql STABLE AS $$
  SELECT coalesce(p.preferred_id, c.id), p.id, p.lang, p.opted_out_at IS NOT NULL
  FROM person p
  LEFT JOIN LATERAL (SELECT x.id FROM conversation x WHERE x.person_id = p.id ORDER BY x.last_inbound_at DESC NULLS LAST LIMIT 1) c ON true
  WHERE (recipient->>'kind' = 'person' AND p.id = (recipient->>'personId')::bigint)
     OR (recipient->>'kind' = 'hospital' AND p.id IN (
           SELECT h.person_id FROM host_contact h
           WHERE h.hospital_id = (recipient->>'hospitalId')::bigint
             AND recipient->'roles' ? h.role AND h.from_day <= today AND (h.to_day IS NULL OR h.to_day >= today)))
  UNION ALL
  SELECT c.id, c.person_id, c.lang, p.opted_out_at IS NOT NULL FROM conversation c LEFT JOIN person p ON p.id = c.person_id
  WHERE c.id = CASE recipient->>'kind' WHEN 'coordinators' THEN coordinators WHEN 'conversation' THEN (recipient->>'conversationId')::bigint END
$$;

-- Who wants no messages and is on a mission, or stands for a hospital, is told by telephone: one message to the
-- coordinators for each that was cancelled (rule 14). Its text names nobody: a code, and what it was about.
CREATE FUNCTION phone_instead(person bigint, class text, key text, turn bigint, coordinators bigint, at timestamptz) RETURNS void LANGUAGE sql AS $$
  WITH made AS (
    INSERT INTO ledger (conversation_id, turn_id, lane, class, key, lang, plain, state, due_at, created_at)
      SELECT c.id, $4, CASE $2 WHEN 'urgent' THEN 'urgent' ELSE 'proactive' END, $2, 'staff.phone_them.text', c.lang,
        jsonb_build_object('key', 'staff.phone_them.text', 'params', jsonb_build_object('code', w.code,
          'what', replace(concat_ws(': ', split_part($3, '.', 1), nullif(split_part($3, '.', 2), 'text')), '_', ' '))), 'queued', $6, $6
      FROM conversation c CROSS JOIN (
        (SELECT a.code FROM assignment a WHERE a.person_id = $1 AND a.status NOT IN ('released', 'host_refused', 'ended', 'completed', 'closed') ORDER BY a.id DESC LIMIT 1)
        UNION ALL (SELECT h.code FROM host_contact x JOIN hospital h ON h.id = x.hospital_id WHERE x.person_id = $1 AND x.to_day IS NULL ORDER BY x.id DESC LIMIT 1)
        LIMIT 1) w
      WHERE c.id = $5 AND $2 IN ('service', 'urgent') RETURNING id)
  INSERT INTO transition (ledger_id, at, state) SELECT id, $6, 'queued' FROM made
$$;

-- A reminder to go on that has not left. One that only waits for an open window was announced, and goes.
CREATE FUNCTION is_stale_reminder(l ledger) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(l.opens->>'flow' = 'resume', false) AND l.reason IS DISTINCT FROM 'window_closed'
$$;

-- Saves a turn or a use case: all of it, or nothing. Answers {"kind":"duplicate"} when the event was taken in
-- before, raises IN409 when any row is not at the revision it was read at (the caller loads and tries again).
CREATE FUNCTION save_turn(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
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
  IF p ? 'conversation' AND EXISTS (SELECT 1 FROM ledger l WHERE l.conversation_id = conv AND l.state IN ('queued', 'held')
      AND (l.state = 'held' OR l.key = 'common.notice.text' OR is_stale_reminder(l))) THEN
    WITH freed AS (
      UPDATE ledger l SET state = CASE WHEN l.key = 'common.notice.text' OR is_stale_reminder(l) THEN 'cancelled' ELSE 'queued' END,
          reason = CASE WHEN l.key = 'common.notice.text' THEN 'window_open' WHEN is_stale_reminder(l) THEN 'answered' END, handled_at = NULL, due_at = at
        WHERE l.conversation_id = conv AND l.state IN ('queued', 'held') AND ((l.state = 'held'
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
