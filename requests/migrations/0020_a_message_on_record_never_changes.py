"""A message that was put on record never changes and never goes away: whatever code runs (R068)."""

from django.db import migrations

GUARD = """
CREATE FUNCTION requests_keptmessage_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a message on record never changes' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER requests_keptmessage_guard BEFORE UPDATE OR DELETE ON requests_keptmessage
    FOR EACH ROW EXECUTE FUNCTION requests_keptmessage_guard();
ALTER TABLE requests_keptmessage ENABLE ALWAYS TRIGGER requests_keptmessage_guard;
"""


class Migration(migrations.Migration):
    dependencies = [("requests", "0019_discussion_and_messages_on_record")]

    operations = [
        migrations.RunSQL(
            GUARD,
            "DROP TRIGGER requests_keptmessage_guard ON requests_keptmessage; DROP FUNCTION requests_keptmessage_guard();",
        )
    ]
