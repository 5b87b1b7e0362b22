"""What an index of names is made of: the overlapping pairs of a text's characters."""

from django.db import migrations

PAIRS = """
CREATE FUNCTION character_pairs(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY(SELECT DISTINCT substr(upper(words), n, 2) FROM generate_series(1, length(words) - 1) n);
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_files_never_change")]

    operations = [migrations.RunSQL(PAIRS, "DROP FUNCTION character_pairs(text);")]
