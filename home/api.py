"""How the public API shows the glossary."""

from rest_framework.fields import Field

# All but the note, which is for translators.
SIDES = ["word_fr", "definition_fr", "word_en", "definition_en"]


class TermsField(Field):
    """The terms of the glossary, both languages of each."""

    def to_representation(self, value):
        return list(value.values(*SIDES))
