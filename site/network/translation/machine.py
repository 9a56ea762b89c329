"""To have a machine translate what nobody has, where the operator has set one up.

What it writes is marked as such; none of it is final before somebody has read it.
"""

from django.utils.translation import gettext as _
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.strings import StringValue

from .marks import BadMarks, stored, typed
from .passages import Passage, Stand, passages_of

# No more than DeepL takes at once.
AT_ONCE = 40


class MachineError(Exception):
    """The machine did not answer, or not as it should."""


def machine_for(translation: Translation):
    """What translates between these languages; None if nothing does."""
    machine = get_machine_translator()
    languages = translation.source.locale, translation.target_locale
    return machine if machine and machine.can_translate(*languages) else None


def fill_in(translation: Translation, user) -> int:
    """Have the machine translate what is missing; how much it could."""
    machine = machine_for(translation)
    missing = [one for one in passages_of(translation) if one.stand == Stand.MISSING]
    rows = [
        StringTranslation(
            locale_id=translation.target_locale_id,
            translation_of_id=passage.segment.string_id,
            context_id=passage.segment.context_id,
            data=data,
            translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
            tool_name=machine.display_name,
            last_translated_by=user,
        )
        for passage, data in translated(machine, translation, missing)
    ]
    # What somebody typed in the meantime stays.
    StringTranslation.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def translated(machine, translation: Translation, passages: list[Passage]):
    """Each passage with what the machine says, where that can be used."""
    languages = translation.source.locale, translation.target_locale
    for start in range(0, len(passages), AT_ONCE):
        some = passages[start : start + AT_ONCE]
        said = ask(machine, languages, [StringValue(one.source) for one in some])
        for passage in some:
            answer = said.get(StringValue(passage.source))
            if answer and (data := usable(answer.data, passage)):
                yield passage, data


def ask(machine, languages, strings: list[StringValue]) -> dict:
    try:
        return machine.translate(*languages, strings)
    except (OSError, KeyError, ValueError, TypeError) as error:
        # Whatever goes wrong between two machines is an OSError of `requests`.
        raise MachineError(
            _("%(machine)s does not answer. Try again later.")
            % {"machine": machine.display_name}
        ) from error


def usable(html: str | None, passage: Passage) -> str:
    """What a machine said, if its marks are those of the source."""
    if not html:
        return ""
    try:
        text = typed(html, passage.is_rich)
        return stored(text, passage.source, passage.is_rich)
    except BadMarks:
        return ""
