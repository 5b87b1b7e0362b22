"""The original due date never changes, whatever code runs (domain 6.4, S5, S18)."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION supervision_original_due_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the original due date of an obligation stands' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER original_due_stands BEFORE UPDATE ON supervision_obligation FOR EACH ROW
WHEN (OLD.original_due_at IS NOT NULL AND NEW.original_due_at IS DISTINCT FROM OLD.original_due_at)
EXECUTE FUNCTION supervision_original_due_stands();
"""

BACKWARD = """
DROP TRIGGER original_due_stands ON supervision_obligation;
DROP FUNCTION supervision_original_due_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
