from tests.opened import english, french, home, moderator, opened, opened_for_module

__all__ = ["english", "french", "home", "moderator", "opened", "opened_for_module"]
