-- Every change of a tracked table becomes one row of audit_event, in the same transaction.
-- TG_ARGV[0] is the column that names the row (its primary key, or a unique one where that is a secret), the rest are columns that never leave the table (password hashes, tokens).
-- Each change pays for this: a row is turned into its document once, and the facts are read where they are needed, as a
-- function of their own would be planned anew for every statement.
CREATE OR REPLACE FUNCTION audit_capture() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    who text := nullif(current_setting('app.actor', true), '');
    name text := coalesce(current_setting('app.actor_name', true), '');
    behalf text := coalesce(current_setting('app.behalf', true), '');
    why text := coalesce(current_setting('app.reason', true), '');
    verb text := coalesce(current_setting('app.flow', true), '');
    asked text := coalesce(current_setting('app.request_id', true), '');
    secrets text[] := TG_ARGV[1:TG_NARGS];
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO audit_event (txid, at, actor, actor_name, on_behalf_of, reason, flow, request_id,
                                 action, object_type, object_id, before, after)
        SELECT txid_current(), clock_timestamp(), who, name, behalf, why, verb, asked,
               'insert', TG_TABLE_NAME, j ->> TG_ARGV[0], NULL, j - secrets
        FROM (SELECT to_jsonb(r) AS j FROM new_rows r OFFSET 0) x;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO audit_event (txid, at, actor, actor_name, on_behalf_of, reason, flow, request_id,
                                 action, object_type, object_id, before, after)
        SELECT txid_current(), clock_timestamp(), who, name, behalf, why, verb, asked,
               'delete', TG_TABLE_NAME, j ->> TG_ARGV[0], j - secrets, NULL
        FROM (SELECT to_jsonb(r) AS j FROM old_rows r OFFSET 0) x;
    ELSE
        -- A changed primary key gives two half events (before only, after only); nothing is lost.
        -- An update that changes nothing gives none.
        INSERT INTO audit_event (txid, at, actor, actor_name, on_behalf_of, reason, flow, request_id,
                                 action, object_type, object_id, before, after)
        SELECT txid_current(), clock_timestamp(), who, name, behalf, why, verb, asked,
               'update', TG_TABLE_NAME, coalesce(b.k, a.k), b.j - secrets, a.j - secrets
        FROM (SELECT j, j ->> TG_ARGV[0] AS k FROM (SELECT to_jsonb(r) AS j FROM old_rows r OFFSET 0) o OFFSET 0) b
        FULL JOIN (SELECT j, j ->> TG_ARGV[0] AS k FROM (SELECT to_jsonb(r) AS j FROM new_rows r OFFSET 0) n OFFSET 0) a
             ON a.k = b.k
        WHERE a.j IS DISTINCT FROM b.j;
    END IF;
    RETURN NULL;
EXCEPTION WHEN not_null_violation THEN
    RAISE EXCEPTION 'no actor named for a change of %', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

DROP FUNCTION IF EXISTS audit_facts(); -- it read the facts before

CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

-- A trigger needs no such right to fire. Somebody who may execute it could hang it on a table of their own and
-- write events that never happened.
REVOKE ALL ON FUNCTION audit_capture() FROM PUBLIC;
