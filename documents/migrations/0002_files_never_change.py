"""What was uploaded never changes, and no file row goes away: whatever code runs."""

from django.db import migrations

GUARD = """
CREATE FUNCTION documents_file_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a file is never deleted' USING ERRCODE = 'insufficient_privilege';
    ELSIF OLD.sealed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a sealed file never changes' USING ERRCODE = 'insufficient_privilege';
    ELSIF to_jsonb(OLD) - '{removed_at,removed_by_id,sealed_at}'::text[]
          IS DISTINCT FROM to_jsonb(NEW) - '{removed_at,removed_by_id,sealed_at}'::text[] THEN
        RAISE EXCEPTION 'what was uploaded never changes' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_file_guard BEFORE UPDATE OR DELETE ON documents_file
    FOR EACH ROW EXECUTE FUNCTION documents_file_guard();
ALTER TABLE documents_file ENABLE ALWAYS TRIGGER documents_file_guard;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        migrations.RunSQL(
            GUARD,
            "DROP TRIGGER documents_file_guard ON documents_file; DROP FUNCTION documents_file_guard();",
        )
    ]
