"""Blocks that only the pages of a city use."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from network.core import dates
from network.core.blocks import PicturedBlock, StructBlock, any_picture, refuse, spoken

from .drawing.timeline import Event


class SessionKind(models.TextChoices):
    WORKING = "working", _("Working session")
    TRAINING = "training", _("Training session")
    TEAM_BUILDING = "team_building", _("Team-building session")
    LAB_DESIGN = "lab_design", _("Lab co-design session")
    INTERTRANSFO = "intertransfo", _("InterTransfo")
    STUDY_TRIP = "study_trip", _("Study trip")


# Meetings with other cities, which nobody counts among the sessions of one.
ELSEWHERE = {SessionKind.INTERTRANSFO, SessionKind.STUDY_TRIP}


class Position(models.TextChoices):
    INSIDE = "inside", _("Inside the authority")
    OUTSIDE = "outside", _("Outside the authority")


class Moment(models.TextChoices):
    SIX_MONTHS = "six_months", _("Six months later")
    EIGHTEEN_MONTHS = "eighteen_months", _("Eighteen months later")
    LATER = "later", _("Later")


class Emotion(models.IntegerChoices):
    """How a person feels at a stage, from −2 to +2."""

    VERY_LOW = -2, _("−2: very bad")
    LOW = -1, _("−1: rather bad")
    NEUTRAL = 0, _("0: neither good nor bad")
    HIGH = 1, _("+1: rather good")
    VERY_HIGH = 2, _("+2: very good")


class PeriodValue(blocks.StructValue):
    """Something that has a start and perhaps an end."""

    @property
    def last(self) -> str:
        return self.get("end") or self.get("start") or ""


class PeriodBlock(StructBlock):
    """Something that happened between two dates."""

    def clean(self, value):
        cleaned = super().clean(value)
        if dates.ends_before_it_starts(cleaned["start"], cleaned["end"]):
            refuse(end=dates.END_BEFORE_START)
        return cleaned

    class Meta:
        value_class = PeriodValue


class ChoiceValue:
    """Gives a block's choice its label in the reader's language."""

    choices: dict[str, type[models.TextChoices]] = {}

    def label(self, name: str) -> str:
        value = self.get(name)  # type: ignore[attr-defined]
        return self.choices[name](value).label if value else ""


class SessionValue(ChoiceValue, PeriodValue):
    choices = {"kind": SessionKind}

    @property
    def kind_label(self) -> str:
        return self.label("kind")

    @property
    def event(self) -> Event:
        """The session on the timeline of its city."""
        return Event(
            start=self["start"],
            end=self.get("end") or "",
            title=self["title"],
            kind=self["kind"],
            label=self.kind_label,
            reconstructed=bool(self.get("reconstructed")),
        )


class SessionBlock(PeriodBlock):
    """Two or three days of the programme in a city, and what happened."""

    start = dates.PartialDateBlock(
        label=_("First day"), help_text=_("For example: 07/03/2017, 03/2017 or 2017.")
    )
    end = dates.PartialDateBlock(
        label=_("Last day"),
        required=False,
        help_text=_("Empty if it is the same. For example: 09/03/2017."),
    )
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=SessionKind.choices,
        default=SessionKind.WORKING,
        help_text=_("What most of it was about."),
    )
    title = blocks.CharBlock(
        label=_("Title"),
        max_length=160,
        help_text=_("For example: “Session 2: with the residents of Dunkirk”."),
    )
    text = blocks.RichTextBlock(
        label=_("What happened"),
        required=False,
        help_text=_(
            "In three sentences: who was there, what was done, what came of it. "
            "For example: “Twelve ambassadors met twenty residents at home. Two "
            "ideas were dropped that evening.”"
        ),
    )
    url = blocks.URLBlock(
        label=_("To read more"),
        required=False,
        help_text=_(
            "Where an account of it was published, if there is one. For "
            "example: https://www.example.org/session-2"
        ),
    )
    reconstructed = blocks.BooleanBlock(
        label=_("Reconstructed"),
        required=False,
        help_text=_("Tick it if its date or content was worked out afterwards."),
    )

    class Meta:
        icon = "date"
        label = _("Session")
        description = _("A session of the programme, placed on the timeline.")
        template = "cities/blocks/session.html"
        value_class = SessionValue
        label_format = "{start} {title}"
        preview_value = {
            "start": "2017-03-07",
            "end": "2017-03-09",
            "kind": "working",
            "title": _("Session 2: in the field"),
            "text": _("<p>The ambassadors met twenty residents at home.</p>"),
        }


class ResidentBlock(StructBlock):
    """Programme residents of one discipline."""

    discipline = blocks.CharBlock(
        label=_("Discipline"),
        max_length=160,
        help_text=_("A trade, never a name. For example: “sociologist”."),
    )
    number = blocks.IntegerBlock(
        label=_("How many"),
        default=1,
        min_value=1,
        help_text=_("Of this discipline. For example: 2."),
    )

    class Meta:
        icon = "user"
        label = _("Programme residents")
        description = _("The programme residents of one discipline.")
        template = "cities/blocks/resident.html"
        label_format = "{number} {discipline}"
        preview_value = {"discipline": _("sociologist"), "number": 1}


class PartnerValue(ChoiceValue, blocks.StructValue):
    choices = {"position": Position}

    @property
    def position_label(self) -> str:
        return self.label("position")


class PartnerBlock(StructBlock):
    """An organisation that helped."""

    name = blocks.CharBlock(
        label=_("Name"),
        max_length=200,
        help_text=_("For example: “The Halle aux sucres (venue)”."),
    )
    position = blocks.ChoiceBlock(
        label=_("Where"),
        choices=Position.choices,
        default=Position.OUTSIDE,
        help_text=_(
            "Another department is inside; a school or an association, outside."
        ),
    )
    url = blocks.URLBlock(
        label=_("Website"),
        required=False,
        help_text=_("If it has one. For example: https://www.example.org"),
    )

    class Meta:
        icon = "group"
        label = _("Partner")
        description = _("An organisation that helped, inside or outside the authority.")
        template = "cities/blocks/partner.html"
        value_class = PartnerValue
        label_format = "{name}"
        preview_value = {"name": _("The design school"), "position": "outside"}


class FieldTestBlock(PeriodBlock):
    """Something that was tried for real."""

    what = blocks.CharBlock(
        label=_("What"),
        max_length=200,
        help_text=_("For example: “Fifteen ashtrays in the shape of a game”."),
    )
    place = blocks.CharBlock(
        label=_("Where"),
        required=False,
        max_length=160,
        help_text=_("For example: “City centre, three squares”."),
    )
    start = dates.PartialDateBlock(
        label=_("First day"), required=False, help_text=_("For example: 18/05/2018.")
    )
    end = dates.PartialDateBlock(
        label=_("Last day"), required=False, help_text=_("For example: 05/07/2018.")
    )
    duration = blocks.CharBlock(
        label=_("How long"),
        required=False,
        max_length=80,
        help_text=_("For example: “seven weeks”."),
    )
    result = blocks.RichTextBlock(
        label=_("What was seen"),
        required=False,
        help_text=_(
            "What people did with it, good and bad. For example: “Passers-by "
            "answered without being asked; two ashtrays were broken.”"
        ),
    )

    class Meta:
        icon = "view"
        label = _("Trial")
        description = _(
            "Something tried for real: where, when, how long, what was seen."
        )
        template = "cities/blocks/test.html"
        label_format = "{what}"
        preview_value = {
            "what": _("Fifteen ashtrays"),
            "place": _("City centre"),
            "start": "2018-05-18",
            "end": "2018-07-05",
            "duration": _("seven weeks"),
            "result": _("<p>Passers-by answered without being asked.</p>"),
        }


class FollowUpValue(ChoiceValue, blocks.StructValue):
    choices = {"moment": Moment}

    @property
    def moment_label(self) -> str:
        return self.label("moment")


class FollowUpBlock(StructBlock):
    """What has become of a case since."""

    moment = blocks.ChoiceBlock(
        label=_("When"),
        choices=Moment.choices,
        default=Moment.SIX_MONTHS,
        help_text=_("How long after the case had ended."),
    )
    date = dates.PartialDateBlock(
        label=_("Date"), required=False, help_text=_("For example: 01/2019.")
    )
    text = blocks.RichTextBlock(
        label=_("What became of it"),
        help_text=_(
            "What is still there, what is not, who looks after it now. For "
            "example: “The ashtrays are still there, emptied by the cleaners; "
            "nobody changes the questions.”"
        ),
    )

    class Meta:
        icon = "history"
        label = _("Follow-up")
        description = _(
            "What has become of it, six or eighteen months later, or after."
        )
        template = "cities/blocks/follow_up.html"
        value_class = FollowUpValue
        label_format = "{moment} {date}"
        preview_value = {
            "moment": "six_months",
            "date": "2019-01",
            "text": _("<p>The ashtrays are still there, emptied by the cleaners.</p>"),
        }


class KeyFigureBlock(StructBlock):
    """A number that says a lot."""

    value = blocks.CharBlock(
        label=_("Number"), max_length=20, help_text=_("For example: “153” or “80 %”.")
    )
    label = blocks.CharBlock(
        label=_("What it counts"),
        max_length=120,
        help_text=_("For example: “civil servants met”."),
    )

    class Meta:
        icon = "table"
        label = _("Key figure")
        description = _("A number and what it counts.")
        template = "cities/blocks/key_figure.html"
        label_format = "{value} {label}"
        preview_value = {"value": "153", "label": _("civil servants met")}


# The lanes of a journey map, from the top to the bottom.
LANES = [
    *("does", "touchpoints", "thinks", "emotion", "pain_points", "opportunities"),
    "backstage",
]


class Lane(NamedTuple):
    """What one lane says of one stage."""

    name: str
    label: str
    text: str


class StageValue(blocks.StructValue):
    @property
    def lanes(self) -> list[Lane]:
        """What each lane says, under the label that its editor knows."""
        said = dict(self) | {"emotion": self.emotion_label}
        fields = self.block.child_blocks
        return [Lane(name, fields[name].label, said.get(name) or "") for name in LANES]

    @property
    def emotion_level(self) -> int:
        """How the person feels, from −2 to +2."""
        return int(self.get("emotion") or 0)

    @property
    def emotion_label(self) -> str:
        return str(Emotion(self.emotion_level).label)


def lane(label, example, required=False) -> blocks.TextBlock:
    """A line of the journey map, filled in for each stage."""
    return blocks.TextBlock(label=label, required=required, help_text=example)


class StageBlock(PicturedBlock):
    """One stage of a person's journey, lane by lane."""

    name = blocks.CharBlock(
        label=_("Stage"),
        max_length=80,
        help_text=_("For example: “Wait for an answer”."),
    )
    does = lane(
        _("What they do"),
        _("For example: “Calls twice, then comes to the desk”."),
        True,
    )
    touchpoints = lane(
        _("Where"), _("Places, people, papers, screens. For example: “Desk, form 12”.")
    )
    thinks = lane(
        _("What they think or say"), _("For example: “Am I in the right queue?”")
    )
    emotion = blocks.IntegerBlock(
        label=_("How they feel"),
        default=0,
        min_value=Emotion.VERY_LOW,
        max_value=Emotion.VERY_HIGH,
        help_text=_("From −2 (very bad) to 2 (very good). For example: -1."),
    )
    pain_points = lane(
        _("Pain points"), _("For example: “Nobody says how long it takes”.")
    )
    opportunities = lane(
        _("Opportunities"), _("For example: “Announce a date by text”.")
    )
    backstage = lane(
        _("Behind the scenes"),
        _("Who works on it unseen. For example: “The mail room”."),
    )
    picture = ImageChooserBlock(
        label=_("Picture"),
        required=False,
        help_text=_("A drawing or a photograph of this stage. It may have none."),
    )

    class Meta:
        icon = "arrow-right"
        label = _("Stage")
        description = _("One stage of the journey, lane by lane.")
        template = "cities/blocks/stage.html"
        value_class = StageValue
        label_format = "{name} ({emotion})"

    def get_preview_value(self):
        return self.normalize(
            spoken(
                {
                    "name": _("Wait for an answer"),
                    "does": _("Calls twice, then comes to the desk."),
                    "touchpoints": _("Telephone, desk"),
                    "thinks": _("Have they lost my form?"),
                    "emotion": -1,
                    "pain_points": _("Nobody says how long it takes."),
                    "opportunities": _("Announce a date by text message."),
                    "backstage": _("The mail room sorts the forms once a week."),
                    "picture": any_picture(),
                }
            )
        )


class SessionsBlock(blocks.StreamBlock):
    session = SessionBlock()


class ResidentsBlock(blocks.StreamBlock):
    resident = ResidentBlock()


class PartnersBlock(blocks.StreamBlock):
    partner = PartnerBlock()


class FieldTestsBlock(blocks.StreamBlock):
    test = FieldTestBlock()


class FollowUpsBlock(blocks.StreamBlock):
    follow_up = FollowUpBlock()


class KeyFiguresBlock(blocks.StreamBlock):
    key_figure = KeyFigureBlock()


class StagesBlock(blocks.StreamBlock):
    stage = StageBlock()

    def clean(self, value):
        if not value and not self.is_deferred_validation:
            nothing = ValidationError(_("A journey needs at least one stage. Add one."))
            raise blocks.StreamBlockValidationError(non_block_errors=[nothing])
        return super().clean(value)
