"""Every message that a person reads has its Chinese, and the catalogues say what the code says."""

import pytest
from babel.messages.mofile import read_mo

from coordination import messages


@pytest.fixture
def project(tmp_path):
    """Two small apps and their templates."""
    for app in ("coordination", "shop"):
        (tmp_path / app).mkdir()
        (tmp_path / app / "apps.py").write_text("")
    (tmp_path / "templates" / "shop").mkdir(parents=True)
    return tmp_path


def say(project, path, text):
    (project / path).write_text(text, "utf-8")


def translate(project, app, **words):
    catalogue = messages.read(app, project)
    for message in catalogue:
        if message.id in words:
            message.string = words[message.id]
    messages._write(messages.catalogue_file(app, project), catalogue)


def test_every_message_of_the_house_has_its_chinese():
    apps = messages.apps()

    faults = [fault for app in apps for fault in messages.faults(app)]

    assert faults + list(messages.contradictions(apps)) == []


@pytest.mark.parametrize("app", messages.apps())
def test_no_message_names_a_level_that_the_house_does_not_have(app):
    """Its highest level is 保密; 机密 and 绝密 are levels of state secrets, which never come in here."""
    said = [str(message.string) for message in messages.read(app)]

    assert [words for words in said if "机密" in words or "绝密" in words] == []


def test_messages_are_found_in_code_and_templates_of_the_app_alone(project):
    say(
        project,
        "shop/models.py",
        'a = _("One" " two"); b = pgettext_lazy("verb", "File"); c = gettext(row.word)',
    )
    say(project, "shop/flows.py", 'd = ngettext("%(n)s day", "%(n)s days", n)')
    say(project, "templates/shop/a.html", '{% translate "Title" %}{{ _("It\'s (so)")|lower }}')
    say(
        project,
        "templates/base.html",
        "{% blocktranslate trimmed %}\n  Dear {{ name }}\n{% endblocktranslate %}",
    )

    assert messages.said_by("shop", project).keys() == {
        (None, "One two"),
        ("verb", "File"),
        (None, "%(n)s day"),
        (None, "Title"),
        (None, "It's (so)"),
    }
    assert messages.said_by("coordination", project).keys() == {(None, "Dear %(name)s")}


def test_a_message_put_together_at_run_time_is_refused(project):
    say(project, "shop/views.py", 'x = _(f"Dear {name}")')

    with pytest.raises(messages.Unreadable, match=r"shop/views\.py:1"):
        messages.gather("shop", project)


def test_gathering_keeps_the_chinese_and_drops_what_nobody_says(project):
    say(project, "shop/views.py", '_("Old"); _("Kept")')
    messages.gather("shop", project)
    translate(project, "shop", Old="旧", Kept="留")
    say(project, "shop/views.py", '_("Kept"); _("New")')

    assert messages.gather("shop", project) == (1, ["Old = 旧"])
    held = {
        key[1]: messages.chinese(m) for key, m in messages.entries(messages.read("shop", project)).items()
    }
    assert held == {"Kept": "留", "New": ""}


def test_missing_obsolete_doubtful_and_broken_entries_are_named(project):
    say(project, "shop/views.py", '_("Empty"); _("Gone"); _("%(n)s left"); _("Doubt")')
    messages.gather("shop", project)
    translate(project, "shop", **{"Gone": "去", "%(n)s left": "剩下", "Doubt": "疑"})
    say(project, "shop/views.py", '_("Empty"); _("%(n)s left"); _("Doubt"); _("Unknown")')
    path = messages.catalogue_file("shop", project)
    path.write_text(path.read_text("utf-8").replace('msgid "Doubt"', '#, fuzzy\nmsgid "Doubt"'), "utf-8")

    faults = sorted(fault.removeprefix("shop: ").split(":")[0] for fault in messages.faults("shop", project))

    assert faults == [
        "in the catalogue, but nobody says it",
        "marked as doubtful",
        "no Chinese yet",
        "not in the catalogue (run `make messages`)",
        "other placeholders in the Chinese",
    ]


def test_one_message_has_one_translation_in_the_whole_house(project):
    for app, word in (("coordination", "关闭"), ("shop", "结束")):
        say(project, f"{app}/views.py", '_("Close")')
        messages.gather(app, project)
        translate(project, app, Close=word)

    (fault,) = messages.contradictions(["coordination", "shop"], project)

    assert "关闭" in fault
    assert "结束" in fault


def test_a_catalogue_is_compiled_when_it_changed_and_only_then(project):
    say(project, "shop/views.py", 'ngettext("%(n)s day", "%(n)s days", n)')
    messages.gather("shop", project)

    assert messages.compile_changed("shop", project)
    assert not messages.compile_changed("shop", project)
    with messages.catalogue_file("shop", project).with_suffix(".mo").open("rb") as file:
        assert read_mo(file).num_plurals == 1
