-- Beside large tables PostgreSQL would plan the statements of a turn anew each time, which takes longer than to do them.
ALTER FUNCTION save_turn(jsonb) SET plan_cache_mode = force_generic_plan;
