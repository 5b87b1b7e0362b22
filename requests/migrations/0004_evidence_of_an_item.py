"""Where the result of an action item can be seen, when no paper shows it (A8)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests", "0003_decisions_wait_while_suspended")]

    operations = [
        migrations.AddField(
            model_name=name,
            name="evidence_note",
            field=models.TextField(blank=True, default="", verbose_name="note on the evidence"),
            preserve_default=False,
        )
        for name in ("actionitem", "historicalactionitem")
    ]
