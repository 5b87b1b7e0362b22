-- An archived matter and all that hangs on it: no row is added, changed or taken away, whatever code runs, whoever asks.
CREATE OR REPLACE FUNCTION archive_matter_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.stage = 'archived' THEN
        RAISE EXCEPTION 'matter % is archived: % is refused', OLD.id, TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

-- Arguments: the column of the row, then table and column of every step up to the matter's id.
CREATE OR REPLACE FUNCTION archive_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    matter bigint;
    stands text;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        matter := archive_matter_of((to_jsonb(OLD) ->> TG_ARGV[0])::bigint, TG_ARGV);
        IF EXISTS (SELECT FROM requests_coordinationrequest WHERE id = matter AND stage = 'archived') THEN
            RAISE EXCEPTION 'matter % is archived: % of % is refused', matter, TG_OP, TG_TABLE_NAME
                USING ERRCODE = 'insufficient_privilege';
        END IF;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        matter := archive_matter_of((to_jsonb(NEW) ->> TG_ARGV[0])::bigint, TG_ARGV);
        IF TG_OP = 'INSERT' THEN
            -- The lock makes a row that comes in beside the seal wait for it, and then see it.
            SELECT stage INTO stands FROM requests_coordinationrequest WHERE id = matter FOR KEY SHARE;
        ELSE
            SELECT stage INTO stands FROM requests_coordinationrequest WHERE id = matter;
        END IF;
        IF stands = 'archived' THEN
            RAISE EXCEPTION 'matter % is archived: % of % is refused', matter, TG_OP, TG_TABLE_NAME
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;

-- A person is named, and a naming ends, also after the seal; every other relation stands still like the rest.
CREATE OR REPLACE FUNCTION archive_reader_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_matter bigint := CASE TG_OP WHEN 'INSERT' THEN NEW.matter_id ELSE OLD.matter_id END;
    stands text;
BEGIN
    IF TG_OP = 'INSERT' AND NEW.why = 'named' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.why = 'named' AND (to_jsonb(NEW) - '{ended_at,ended_by_id}'::text[])
        = (to_jsonb(OLD) - '{ended_at,ended_by_id}'::text[]) AND NEW.ended_at IS NOT NULL THEN
        RETURN NEW;
    END IF;
    -- As above: a row that comes in beside the seal waits for it.
    IF TG_OP = 'INSERT' THEN
        SELECT stage INTO stands FROM requests_coordinationrequest WHERE id = of_matter FOR KEY SHARE;
    ELSE
        SELECT stage INTO stands FROM requests_coordinationrequest WHERE id = of_matter;
    END IF;
    IF stands = 'archived' THEN
        RAISE EXCEPTION 'matter % is archived: % of % is refused', of_matter, TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE OR REPLACE FUNCTION archive_matter_of(start bigint, way text[]) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
    found bigint := start;
    step int := 1;
BEGIN
    WHILE found IS NOT NULL AND step < cardinality(way) LOOP
        EXECUTE format('SELECT %I FROM %I WHERE id = $1', way[step + 1], way[step]) INTO found USING found;
        step := step + 2;
    END LOOP;
    RETURN found;
END $$;

CREATE OR REPLACE FUNCTION archive_dossier_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.sealed_at IS NOT NULL THEN
        RAISE EXCEPTION 'dossier % is sealed: % is refused', OLD.archive_no, TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

-- The catalogue is written once, before the seal.
CREATE OR REPLACE FUNCTION archive_entry_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' OR EXISTS (SELECT FROM archive_dossier WHERE id = NEW.dossier_id AND sealed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a catalogue is never changed: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
