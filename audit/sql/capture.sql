-- Every change of a tracked table becomes one row of audit_event, in the same transaction.
-- TG_ARGV[0] is the column that names the row (its primary key, or a unique one where that is a secret), the rest are columns that never leave the table (password hashes, tokens).
CREATE OR REPLACE FUNCTION audit_capture() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    who text := nullif(current_setting('app.actor', true), '');
    secrets text[] := TG_ARGV[1:TG_NARGS];
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO audit_event (txid, at, actor, actor_name, on_behalf_of, reason, flow, request_id,
                                 action, object_type, object_id, before, after)
        SELECT txid_current(), clock_timestamp(), who, f.name, f.behalf, f.reason, f.flow, f.request_id,
               'insert', TG_TABLE_NAME, j ->> TG_ARGV[0], NULL, j - secrets
        FROM (SELECT to_jsonb(r) AS j FROM new_rows r) x, audit_facts() f;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO audit_event (txid, at, actor, actor_name, on_behalf_of, reason, flow, request_id,
                                 action, object_type, object_id, before, after)
        SELECT txid_current(), clock_timestamp(), who, f.name, f.behalf, f.reason, f.flow, f.request_id,
               'delete', TG_TABLE_NAME, j ->> TG_ARGV[0], j - secrets, NULL
        FROM (SELECT to_jsonb(r) AS j FROM old_rows r) x, audit_facts() f;
    ELSE
        -- A changed primary key gives two half events (before only, after only); nothing is lost.
        -- An update that changes nothing gives none.
        INSERT INTO audit_event (txid, at, actor, actor_name, on_behalf_of, reason, flow, request_id,
                                 action, object_type, object_id, before, after)
        SELECT txid_current(), clock_timestamp(), who, f.name, f.behalf, f.reason, f.flow, f.request_id,
               'update', TG_TABLE_NAME, coalesce(b.k, a.k), b.j - secrets, a.j - secrets
        FROM (SELECT to_jsonb(r) AS j, to_jsonb(r) ->> TG_ARGV[0] AS k FROM old_rows r) b
        FULL JOIN (SELECT to_jsonb(r) AS j, to_jsonb(r) ->> TG_ARGV[0] AS k FROM new_rows r) a ON a.k = b.k,
             audit_facts() f
        WHERE a.j IS DISTINCT FROM b.j;
    END IF;
    RETURN NULL;
EXCEPTION WHEN not_null_violation THEN
    RAISE EXCEPTION 'no actor named for a change of %', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE OR REPLACE FUNCTION audit_facts(
    OUT name text, OUT behalf text, OUT reason text, OUT flow text, OUT request_id text
) LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce(current_setting('app.actor_name', true), ''), coalesce(current_setting('app.behalf', true), ''),
           coalesce(current_setting('app.reason', true), ''), coalesce(current_setting('app.flow', true), ''),
           coalesce(current_setting('app.request_id', true), '')
$$;

CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

-- A trigger needs no such right to fire. Somebody who may execute it could hang it on a table of their own and
-- write events that never happened.
REVOKE ALL ON FUNCTION audit_capture() FROM PUBLIC;
