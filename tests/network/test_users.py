import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse
from django.utils.translation import override

from network.users.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def create(email, **fields):
    return User.objects.create_user(email, "labo-ouvert", **fields)


@pytest.mark.parametrize("typed", ["ada@example.org", "Ada@Example.ORG"])
def test_somebody_signs_in_with_her_address_in_capitals_or_not(typed):
    ada = create("Ada@example.org")

    assert authenticate(username=typed, password="labo-ouvert") == ada


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ada@example.org", "wrong"),
        ("ada@example.com", "labo-ouvert"),
        ("", "labo-ouvert"),
    ],
)
def test_nobody_signs_in_with_another_address_or_password(email, password):
    create("ada@example.org")

    assert authenticate(username=email, password=password) is None


def test_somebody_who_left_signs_in_no_more():
    create("ada@example.org", is_active=False)

    assert authenticate(username="ada@example.org", password="labo-ouvert") is None


def test_an_address_is_kept_in_small_letters():
    assert create("Ada@Example.ORG").email == "ada@example.org"


def test_two_people_cannot_have_one_address():
    UserFactory(email="ada@example.org")

    with pytest.raises(IntegrityError, match="one_person_per_address"):
        UserFactory(email="ADA@example.org")


@pytest.mark.parametrize("typed", ["ada@example.org", "ADA@example.org"])
def test_an_address_that_somebody_has_is_refused_in_capitals_or_not(typed):
    UserFactory(email="ada@example.org")
    other = UserFactory.build(email=typed, password="labo-ouvert")

    with override("en"), pytest.raises(ValidationError) as refusal:
        other.full_clean()

    with override("en"):
        assert refusal.value.message_dict == {
            "email": ["Somebody already signs in with this address."]
        }


def test_nobody_is_created_without_an_address():
    with pytest.raises(ValueError, match="needs an e-mail address"):
        create("")


def test_an_ordinary_person_has_no_special_rights_and_a_superuser_all():
    ada, bob = create("ada@example.org"), User.objects.create_superuser("bob@x.org")

    assert (ada.is_staff, ada.is_superuser) == (False, False)
    assert (bob.is_staff, bob.is_superuser) == (True, True)


def test_somebody_is_called_by_her_name_if_she_gave_one():
    unnamed, named = UserFactory(email="a@x.org"), UserFactory(first_name="Ada")

    assert [str(unnamed), str(named)] == ["a@x.org", "Ada"]


def test_the_list_of_people_can_be_read_and_searched(as_ada):
    UserFactory(email="grace@example.org")

    answer = as_ada.get(reverse("wagtailusers_users:index"), {"q": "grace"})

    assert [str(user) for user in answer.context["object_list"]] == [
        "grace@example.org"
    ]
