"""The translation screen, read and filled in as a browser does."""

from bs4 import BeautifulSoup
from django.test import Client, TestCase
from django.urls import reverse
from wagtail.models import Page


class Screen:
    """What somebody sees when they open a translation, and what they type there."""

    def __init__(self, client: Client, user, thing):
        self.client, self.user = client, user
        self.address = address_of(thing)
        client.force_login(user)
        self.read(client.get(self.address))

    def read(self, answer) -> None:
        self.answer = answer
        assert answer.status_code == 200, answer.headers
        self.page = BeautifulSoup(answer.content, "html.parser")
        form = self.page.select_one(".translate-form")
        self.action = form["action"]
        fields = form.select("input[name], textarea[name]")
        self.data = {one["name"]: value_of(one) for one in fields if is_sent(one)}
        self.names = {
            label.get_text(): label["for"]
            for label in form.select(".translate-source label[for^=text-]")
        }

    @property
    def texts(self) -> dict[str, str]:
        """What stands in each field, by what the source says."""
        return {said: self.data[name] for said, name in self.names.items()}

    @property
    def stands(self) -> dict[str, str]:
        """What is to be done about each passage."""
        found = {}
        for row in self.page.select(".translate-row:has(label[for^=text-])"):
            [stand] = [
                name.removeprefix("is-")
                for name in row["class"]
                if name.startswith("is-") and name != "is-conflict"
            ]
            found[row.select_one("label").get_text()] = stand
        return found

    @property
    def buttons(self) -> list[str]:
        shown = self.page.select(".translate-buttons button[name=action]")
        return [button["value"] for button in shown]

    def text(self, selector: str) -> list[str]:
        """What is said there, each as one line."""
        found = self.page.select(selector)
        return [" ".join(one.get_text().split()) for one in found]

    def type(self, **texts: str) -> "Screen":
        return self.fill(texts)

    def fill(self, texts: dict[str, str]) -> "Screen":
        """Type these texts, by what the source says there."""
        for said, text in texts.items():
            self.data[self.names[said]] = text
        return self

    def keep(self, *said: str) -> "Screen":
        """Say of these passages that they are right as they stand."""
        for one in said:
            self.data[self.names[one].replace("text-", "keep-")] = "on"
        return self

    def press(self, action: str, **files):
        """Send it all; what follows when it is really saved happens too."""
        self.client.force_login(self.user)
        with TestCase.captureOnCommitCallbacks(execute=True):
            data = {**self.data, "action": action, **files}
            return self.client.post(self.action, data)

    def press_and_read(self, action: str, **files) -> "Screen":
        """Send it all, and read what comes next."""
        answer = self.press(action, **files)
        if answer.status_code == 302:
            answer = self.client.get(answer.url)
        self.read(answer)
        return self


def address_of(thing) -> str:
    if isinstance(thing, Page):
        return reverse("wagtailadmin_pages:edit", args=[thing.pk])
    options = thing._meta
    name = f"wagtailsnippets_{options.app_label}_{options.model_name}:edit"
    return reverse(name, args=[thing.pk])


def value_of(field) -> str:
    if field.name == "textarea":
        # HTML leaves a line feed out that follows the tag.
        return field.get_text().removeprefix("\n").strip("\n")
    return field.get("value", "")


def is_sent(field) -> bool:
    return field.get("type") not in ("checkbox", "submit")


def translate_rest(screen: Screen) -> Screen:
    """Type something wherever something is left to do."""
    for said, stand in screen.stands.items():
        if stand == "missing":
            screen.fill({said: f"{said} (EN)"})
    return screen
