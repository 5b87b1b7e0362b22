"""R028, R048: the conditions of acceptance and the review of a refusal lie in the dossier."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0004_reviews_in_the_dossier"),
    ]

    operations = [
        migrations.AlterField(
            model_name="dossieritem",
            name="kind",
            field=models.CharField(
                choices=[
                    ("form", "Request form"),
                    ("attempts", "Talks before filing"),
                    ("checks", "Conditions of acceptance"),
                    ("review", "Review of the refusal"),
                    ("gaps", "Returns for completion"),
                    ("file", "File"),
                    ("opinions", "Opinions of the departments"),
                    ("letter", "Contact sheet or letter"),
                    ("handovers", "Hand-overs"),
                    ("minutes", "Minutes"),
                    ("resolution", "Resolution"),
                    ("item", "Action item with its reports"),
                    ("extensions", "Extensions"),
                    ("reminders", "Reminders sent"),
                    ("dispute", "Dispute papers"),
                    ("feedback", "Feedback"),
                    ("survey", "Satisfaction survey"),
                    ("timeline", "Course of the matter"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
    ]
