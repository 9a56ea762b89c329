"""What the network writes to one person about her account."""

from django.core.mail import EmailMultiAlternatives
from django.template import Context, Engine
from django.utils.translation import override


def send(template: str, to: str, context: dict, language: str) -> None:
    """Send one message as text and HTML, in the language of whoever gets it."""
    with override(language):
        subject, _, text = rendered(f"mails/{template}.txt", context).partition("\n")
        html = rendered(f"mails/{template}.html", context | {"language": language})
    message = EmailMultiAlternatives(subject.strip(), text.strip() + "\n", to=[to])
    message.attach_alternative(html, "text/html")
    message.send()


def rendered(name: str, context: dict) -> str:
    # In plain text an apostrophe is an apostrophe.
    is_html = name.endswith(".html")
    template = Engine.get_default().get_template(name)
    return template.render(Context(context, autoescape=is_html)).strip()
